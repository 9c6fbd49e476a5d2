import { expect, test } from '@jest/globals';
import { PlainCells } from './plain-cells.ts';
import { NotStrictCsv } from './strict-csv.ts';

const columns = [
  { baseType: 'text', scale: null },
  { baseType: 'numeric', scale: 2 },
  { baseType: 'timestamp with time zone', scale: null },
];

function check(text: string, chunkSize: number): void {
  const bytes = Buffer.from(text);
  const cells = new PlainCells(columns);
  for (let at = 0; at < bytes.length; at += chunkSize) cells.check(bytes.subarray(at, at + chunkSize));
  cells.end();
}
const sizes = [1, 2, 3, 7, 1_000];

test.each([
  'a,1,2024-01-01',
  'now,"10.500",2024-01-01T10:00:00.1234560Z\r\n,,\n"1,""\n0x10",-.5,"2024-01-01 10:00:00+05:30"\r\n',
  'a,5.,2024-01-01 10:00 +02\nä,+1.10,2024-12-31T23:59:59.999999-0530\n',
])('takes %j, however it is cut', (text) => {
  for (const size of sizes) expect(() => check(text, size)).not.toThrow();
});

test.each([
  ...['10.005', '0x10', '0b11', '1_000', '1e3', 'NaN', '.', '1 0'].map(
    (number) => `a,1,2024-01-01\nb,${number},2024-01-01\n`,
  ),
  ...['now', 'epoch', '20240102', '12024-01-01', '2024-01-01 BC', '2024-01-01T1:00', '2024-01-01T10:00:00.1234567'].map(
    (time) => `a,1,"${time}"`,
  ),
])('stops at %j, however it is cut', (text) => {
  for (const size of sizes) expect(() => check(text, size)).toThrow(NotStrictCsv);
});
