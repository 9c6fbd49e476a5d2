import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ScoringProcess {
  /** Waits for a line of its output. */
  line(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Exit code, or the signal that ended it. */
  exit: Promise<number | NodeJS.Signals>;
  output(): string;
}

/** Starts `npm run score` in a process of its own. */
export function startScoring(options: { databaseUrl: string; folder: string; chunk: number }): ScoringProcess {
  const root = join(import.meta.dirname, '..', '..');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'ml-service/src/cli/score.ts', '--chunk', String(options.chunk)],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: options.databaseUrl, ML_MODEL_DIR: options.folder },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  return {
    line: (pattern) =>
      new Promise((resolve, reject) => {
        lines.on('line', (line) => {
          if (pattern.test(line)) resolve(line);
        });
        child.once('exit', () => reject(new Error(`The scoring ended before:\n${output}`)));
      }),
    kill: (signal) => child.kill(signal),
    exit: once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals),
    output: () => output,
  };
}
