import { expect, test } from '@jest/globals';
import { Encoder, type Value } from './encode.ts';
import type { ColumnType } from './tables.ts';
import { Uuid } from './uuid.ts';

/** The bytes of a row with one value, after the number of columns. */
function encoded(type: ColumnType, value: Value): string {
  const encoder = new Encoder([type]);
  encoder.row([value]);
  const bytes = encoder.take();
  expect(bytes.readInt16BE(0)).toBe(1);
  return bytes.subarray(2).toString('hex');
}

// What Postgres sends for the same values (COPY ... TO ... (format binary)).
test.each<[ColumnType, Value, string]>([
  ['text', null, 'ffffffff'],
  ['text', 'aé', '0000000361c3a9'],
  ['text', '', '00000000'],
  ['jsonb', '{}', '00000003017b7d'],
  ['bool', true, '0000000101'],
  ['int', -2, '00000004fffffffe'],
  ['bigint', 5_000_000_000, '00000008000000012a05f200'],
  ['bigint', -1, '00000008ffffffffffffffff'],
  ['date', Date.UTC(2000, 0, 2) / 86_400_000, '0000000400000001'],
  ['time', 17 * 3_600_000, '000000080000000e3fcde400'],
  ['timestamptz', Date.UTC(2000, 0, 1, 0, 0, 1, 999), '0000000800000000000f4240'],
  ['timestamptz', Date.UTC(1999, 11, 31, 23, 59, 59), '00000008fffffffffff0bdc0'],
  ['uuid', new Uuid(0x018bcfe5, 0x68007abc, -2, 1), '00000010018bcfe568007abcfffffffe00000001'],
  ['int[]', [1, 2], '00000024000000010000000000000017000000020000000100000004000000010000000400000002'],
  ['text[]', ['a', 'é'], '0000001f0000000100000000000000190000000200000001000000016100000002c3a9'],
])('%s %j', (type, value, hex) => {
  expect(encoded(type, value)).toBe(hex);
});

test.each<[number, number[]]>([
  [0, [0, -2, 0, 4]],
  [1.5, [2, 0, 0, 4, 1, 5000]],
  [-12_345.67, [3, 1, 0x4000, 4, 1, 2345, 6700]],
  [0.0001, [1, -1, 0, 4, 1]],
])('numeric %d', (value, words) => {
  const bytes = Buffer.from(encoded('numeric', value), 'hex');
  expect(bytes.readInt32BE(0)).toBe(words.length * 2);
  expect(words.map((_, i) => bytes.readInt16BE(4 + i * 2))).toEqual(words);
});

test('a list that is long leaves room for the columns after it', () => {
  const encoder = new Encoder(['int[]', 'text', 'int']);
  const long = Array.from({ length: 20_000 }, (_, i) => i);
  encoder.row([long, 'é'.repeat(50_000), 7]);
  const bytes = encoder.take();
  expect(bytes.length).toBe(2 + 24 + 8 * 20_000 + 4 + 100_000 + 8);
  expect(bytes.readInt32BE(bytes.length - 4)).toBe(7);
});
