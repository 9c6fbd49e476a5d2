/** One thing wrong with one row, or with a file as a whole. */
export interface Problem {
  file: string;
  /** Physical line on which the row begins, the header being line 1; null when the file as a whole is meant. */
  line: number | null;
  /** Column, or several joined by a comma; null when the row as a whole is meant. */
  column: string | null;
  /** The value as in the file, shortened, or masked; null when there is none to show. */
  value: string | null;
  reason: string;
}

/** The bad rows of an import: nothing was loaded. */
export class ImportRefused extends Error {
  override name = 'ImportRefused';
  /** The first of them, in the order of files and lines. */
  readonly problems: Problem[];
  /** How many there are in all. */
  readonly count: number;

  constructor(problems: Problem[], count: number) {
    super(report(problems, count));
    this.problems = problems;
    this.count = count;
  }
}

/** Collects problems: it keeps the first of each file and counts the rest, so that memory stays flat. */
export class Problems {
  readonly #limit: number;
  readonly #kept: Problem[] = [];
  readonly #keptPerFile = new Map<string, number>();
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#count;
  }

  add(problem: Problem): void {
    this.#count++;
    const kept = this.#keptPerFile.get(problem.file) ?? 0;
    if (kept >= this.#limit) return;
    this.#keptPerFile.set(problem.file, kept + 1);
    this.#kept.push(problem);
  }

  /** Counts problems that were found but are not shown. */
  addUnshown(more: number): void {
    this.#count += more;
  }

  /** @throws ImportRefused when there is any problem */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const files = [...new Set(this.#kept.map((problem) => problem.file))];
    const place = ({ file, line }: Problem) => files.indexOf(file) * 1e12 + (line ?? 0);
    const sorted = this.#kept.sort((a, b) => place(a) - place(b) || (a.column ?? '').localeCompare(b.column ?? ''));
    throw new ImportRefused(sorted.slice(0, this.#limit), this.#count);
  }
}

function report(problems: Problem[], count: number): string {
  const lines = problems.map(({ file, line, column, value, reason }) => {
    const place = [file, line === null ? '' : `line ${line}`, column ?? ''].filter(Boolean).join(', ');
    return `${place}: ${value === null ? '' : `${value}: `}${reason}`;
  });
  if (count > problems.length) lines.push(`... and ${(count - problems.length).toLocaleString('en')} more`);
  return [...lines, `Nothing was loaded: ${count.toLocaleString('en')} problem${count === 1 ? '' : 's'}.`].join('\n');
}
