import { expect, test } from '@jest/globals';
import { Rows } from './rows.ts';

/** The texts of a row whose columns are all texts. */
function texts(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes);
  const found: string[] = [];
  for (let at = 0; at < buffer.length;) {
    const columns = buffer.readInt16BE(at);
    at += 2;
    for (let i = 0; i < columns; i++) {
      const length = buffer.readInt32BE(at);
      found.push(buffer.toString('utf8', at + 4, at + 4 + length));
      at += 4 + length;
    }
  }
  return found;
}

test('gives the rows table by table, in the order of the foreign keys, and forgets them', () => {
  const rows = new Rows();
  rows.add('plans', 'plus', 'Größe');
  rows.add('business_holidays', 'lab', 20_000, 'Day off');
  rows.add('plans', 'family', 'Family');
  const taken = [...rows.take(3)].map((batch) => [batch.table, batch.rows, batch.customers]);
  expect(taken).toEqual([
    ['business_holidays', 1, 3],
    ['plans', 2, 3],
  ]);
  expect([...rows.take(3)]).toEqual([]);
});

test('leaves a table with few bytes for later', () => {
  const rows = new Rows();
  rows.add('plans', 'plus', 'Plus');
  expect([...rows.take(1, 1000)]).toEqual([]);
  rows.add('plans', 'family', 'x'.repeat(1000));
  expect([...rows.take(2, 1000)].map((batch) => batch.rows)).toEqual([2]);
});

test('keeps rows that need more room than there was', () => {
  const rows = new Rows();
  const long = 'ä'.repeat(70_000);
  for (let i = 0; i < 3; i++) rows.add('plans', String(i), long);
  const [batch] = [...rows.take(0)];
  expect(batch && texts(batch.bytes)).toEqual(['0', long, '1', long, '2', long]);
});

test('refuses a row with a value too few or of another kind, and names the table', () => {
  expect(() => new Rows().add('plans', 'plus')).toThrow('plans: 1 values for 2 columns');
  expect(() => new Rows().add('plans', 'plus', 3)).toThrow('plans: 3 is no text');
  expect(() => new Rows().add('payers', 'id', 'Anthem', 'commercial_insurance')).toThrow(
    'payers: "id" is no identifier',
  );
  expect(() => new Rows().add('business_holidays', 'lab', Number.NaN, 'x')).toThrow('is no number');
});
