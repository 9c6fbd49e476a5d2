export type Print = (line: string) => void;

/** Lines of progress on standard output: what is done, how long it took, and what is worth knowing about it. */
export interface Progress {
  /** Runs one step and prints its line when it is done. */
  step: <T>(name: string, work: () => Promise<T>, detail?: (result: T) => string) => Promise<T>;
  /** Prints a line between the steps. */
  note: Print;
}

export function createProgress(print: Print = (line) => void process.stdout.write(`${line}\n`)): Progress {
  return {
    note: print,
    async step(name, work, detail = () => '') {
      const started = performance.now();
      const result = await work();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      print(`  ${name.padEnd(14)} ${seconds.padStart(6)} s  ${detail(result)}`.trimEnd());
      return result;
    },
  };
}
