/** A row of a CSV file with the physical line on which it begins, or what is wrong with its quotes. */
export type Record = { line: number; fields: string[] } | { line: number; error: string };

const MOST_LINES = 1_000;

/**
 * Splits whole lines into records. csv-parse cannot serve here: its line numbers are off after quoted CRLF, and after
 * a stray quote it loses good rows. Here a line with a bad quote is reported and the next line begins afresh.
 * @param firstLine the number of the first line
 */
export async function* splitRecords(source: AsyncIterable<Buffer>, firstLine: number): AsyncGenerator<Record> {
  let waiting: string[] = [];
  let line = firstLine;
  for await (const chunk of source) {
    const { records, taken } = take(waiting.concat(linesOf(chunk)), line, false);
    yield* records;
    waiting = taken.left;
    line = taken.line;
  }
  yield* take(waiting, line, true).records;
}

function linesOf(chunk: Buffer): string[] {
  const lines = chunk.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function take(lines: string[], firstLine: number, isEnd: boolean) {
  const records: Record[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = firstLine + at;
    const count = linesOfRecord(lines, at);
    if (count === undefined && !isEnd && lines.length - at < MOST_LINES) break;
    const fields = count === undefined ? undefined : splitFields(lines.slice(at, at + count).join('\n'));
    if (count !== undefined && fields) {
      if (fields.length > 1 || fields[0] !== '') records.push({ line, fields });
      at += count;
    } else {
      const what =
        count === undefined ? 'A quote is opened but not closed.' : 'A quote stands in the middle of a field.';
      records.push({ line, error: `${what} Within a quoted field a quote is written twice.` });
      at++;
    }
  }
  return { records, taken: { left: lines.slice(at), line: firstLine + at } };
}

/** How many lines a record takes: until its quotes are even. */
function linesOfRecord(lines: string[], from: number): number | undefined {
  let isOpen = false;
  for (let at = from; at < Math.min(lines.length, from + MOST_LINES); at++) {
    const line = lines[at] ?? '';
    for (let quote = line.indexOf('"'); quote >= 0; quote = line.indexOf('"', quote + 1)) isOpen = !isOpen;
    if (!isOpen) return at - from + 1;
  }
  return undefined;
}

/** @returns undefined when a quote stands where none may */
function splitFields(text: string): string[] | undefined {
  const record = text.endsWith('\r') ? text.slice(0, -1) : text;
  if (!record.includes('"')) return record.split(',');
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = field.exec(record);
    if (!match) return undefined;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return fields;
  }
}
