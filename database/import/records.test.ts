import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitRecords, type Record } from './records.ts';
import { utf8Lines } from './utf8-lines.ts';

async function records(text: string, chunkSize = text.length || 1): Promise<Record[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkSize)
      yield await Promise.resolve(bytes.subarray(at, at + chunkSize));
  }
  const found: Record[] = [];
  for await (const record of splitRecords(
    utf8Lines(chunks(), 2, () => undefined),
    2,
  ))
    found.push(record);
  return found;
}

describe('splitRecords', () => {
  test('numbers rows by the line on which they begin', async () => {
    expect(await records('a,b\n\n"c\r\nc","d ""d"""\r\ne,\n')).toEqual([
      { line: 2, fields: ['a', 'b'] },
      { line: 4, fields: ['c\r\nc', 'd "d"'] },
      { line: 6, fields: ['e', ''] },
    ]);
  });

  test('begins afresh on the line after a bad quote', async () => {
    expect((await records('a,"b\nc,d\ne,f"g\nh,i\n')).map((row) => ('error' in row ? row.line : row.fields))).toEqual([
      2,
      ['c', 'd'],
      4,
      ['h', 'i'],
    ]);
  });

  test('gives back whatever was written, however the bytes are cut', async () => {
    const field = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'));
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (written, size) => {
        const text = written.map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}\n`).join('');
        const read = await records(text, size);
        expect(read.map((row) => ('fields' in row ? row.fields : row.error))).toEqual(written);
      }),
    );
  });
});
