import { isUtf8 } from 'node:buffer';
import { countLines, LF } from './line-ends.ts';

const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Passes on whole lines of text. A line that is no UTF-8, or holds a NUL byte, is reported with its number and
 * passed on with the bad bytes replaced, so that the rows after it can be checked too.
 */
export async function* utf8Lines(
  source: AsyncIterable<Buffer>,
  firstLine: number,
  report: (line: number, reason: string) => void,
): AsyncGenerator<Buffer> {
  let line = firstLine;
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(LF) + 1;
    if (end === 0 && bytes.length > LONGEST_LINE) {
      report(line, 'The line is longer than 16 megabytes: a line end or a quote is missing.');
      return;
    }
    const whole = bytes.subarray(0, end);
    rest = Buffer.from(bytes.subarray(end));
    yield isGood(whole) ? whole : mend(whole, line, report);
    line += countLines(whole);
  }
  if (rest.length > 0) yield isGood(rest) ? rest : mend(rest, line, report);
}

function isGood(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function mend(bytes: Buffer, firstLine: number, report: (line: number, reason: string) => void): Buffer {
  let line = firstLine;
  for (let at = 0; at < bytes.length; line++) {
    const end = bytes.indexOf(LF, at);
    const next = end < 0 ? bytes.length : end + 1;
    const one = bytes.subarray(at, next);
    if (one.includes(0)) report(line, 'The line holds a NUL byte (0x00), which no text may hold.');
    if (!isUtf8(one)) report(line, `The line is not UTF-8 (${badByte(one)}). If it is Windows-1252, convert the file.`);
    at = next;
  }
  return Buffer.from(bytes.toString('utf8').replaceAll('\0', ''));
}

/** The first byte after the longest start of the line that is good. */
function badByte(line: Buffer): string {
  let at = 0;
  while (at < line.length) {
    const length = [1, 2, 3, 4].find((size) => at + size <= line.length && isUtf8(line.subarray(at, at + size)));
    if (length === undefined) break;
    at += length;
  }
  return `byte 0x${(line[at] ?? 0).toString(16).padStart(2, '0')}`;
}
