import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NotStrictCsv, StrictCsv } from './strict-csv.ts';

function check(text: string, chunkSize: number): number {
  const bytes = Buffer.from(text);
  const csv = new StrictCsv();
  let lines = 0;
  for (let at = 0; at < bytes.length; at += chunkSize) lines += csv.check(bytes.subarray(at, at + chunkSize));
  return lines;
}

describe('StrictCsv', () => {
  test.each(['a"b"c,d\n', '"a" b,c\n', '"a"b\n', 'a\n\\.\nb\n', '\\.\n', 'a,b\r\\.\r'])('refuses %j', (text) => {
    for (const size of [1, 2, 3, 100]) expect(() => check(text, size)).toThrow(NotStrictCsv);
  });

  test('takes any fields that are quoted as they should be, however the bytes are cut', () => {
    const field = fc.string().map((text) => `"${text.replaceAll('"', '""').replaceAll('\\', '/')}"`);
    const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (records, size) => {
        const text = records.map((record) => `${record.join(',')}\n`).join('');
        expect(check(text, size)).toBe(text.split('\n').length - 1);
      }),
    );
  });
});
