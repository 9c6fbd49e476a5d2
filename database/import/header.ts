import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { countLines, LF } from './line-ends.ts';
import { openFile } from './source.ts';

/** The first record of a CSV file. */
export interface Header {
  columns: string[];
  /** Bytes up to the first row: byte order mark, header and line end. */
  byteLength: number;
  /** Physical lines that it takes. */
  lines: number;
}

/** Why a file cannot be read as CSV at all. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

const LONGEST_HEADER = 1024 * 1024;

/**
 * Reads the header of a CSV file.
 * @throws UnreadableFile when the file is empty, no UTF-8 text, or its header is no CSV
 */
export async function readHeader(path: string): Promise<Header> {
  let start = Buffer.alloc(0);
  let end: number | undefined;
  let isWhole = true;
  for await (const chunk of (await openFile(path)) as AsyncIterable<Buffer>) {
    start = Buffer.concat([start, chunk]);
    refuseOtherEncodings(start);
    end = endOfFirstRecord(start);
    if (end !== undefined || start.length > LONGEST_HEADER) {
      isWhole = false;
      break;
    }
  }
  if (start.length === 0) throw new UnreadableFile('The file is empty. At least a header with column names is needed.');
  if (end === undefined && !isWhole) throw new UnreadableFile('No line ends within the first megabyte: it is no CSV.');
  const bytes = start.subarray(0, end);
  return { columns: namesIn(bytes), byteLength: bytes.length, lines: countLines(bytes) };
}

function refuseOtherEncodings(start: Buffer): void {
  const mark = start.subarray(0, 2).toString('hex');
  const looksWide = start.length >= 4 && (start[0] === 0) !== (start[1] === 0) && (start[0] === 0) === (start[2] === 0);
  if (mark === 'fffe' || mark === 'feff' || looksWide) {
    throw new UnreadableFile('The file is UTF-16. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8").');
  }
}

/** Index after the line end of the first record; undefined when it is not within the bytes. */
function endOfFirstRecord(bytes: Buffer): number | undefined {
  let isQuoted = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === 0x22) isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (byte === LF) return index + 1;
    if (byte === 0x0d && index + 1 < bytes.length && bytes[index + 1] !== LF) {
      throw new UnreadableFile('The lines end in CR alone. Save it with LF or CRLF.');
    }
  }
  return undefined;
}

function namesIn(bytes: Buffer): string[] {
  if (!isUtf8(bytes)) throw new UnreadableFile('The header cannot be read: it is not UTF-8.');
  let records: string[][];
  try {
    records = parse(bytes, { bom: true, trim: true });
  } catch (error) {
    throw new UnreadableFile('The header cannot be read: its quotes do not match.', { cause: error });
  }
  const names = records[0] ?? [];
  if (names.every((name) => name === ''))
    throw new UnreadableFile('The first line is blank. It must hold column names.');
  const separator = names.length === 1 ? /[;\t|]/.exec(names[0] ?? '')?.[0] : undefined;
  if (separator) {
    const shown = separator === '\t' ? 'a tab' : `"${separator}"`;
    throw new UnreadableFile(`The fields are separated by ${shown}. Save it with commas.`);
  }
  return names;
}
