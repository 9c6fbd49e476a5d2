import { describe, expect, test } from '@jest/globals';
import { formatTable, formatValue } from './table.ts';

describe('values', () => {
  test.each([
    [null, { type: 'number' }, '-'],
    ['12345678901234567890.125', { type: 'number' }, '12,345,678,901,234,567,890.125'],
    ['-0.00001', { type: 'number' }, '-0'],
    [0.125, { type: 'number', format: 'percent' }, '12.5%'],
    ['1234.5', { type: 'number', format: 'currency' }, '1,234.50'],
    ['2024-01-31T00:00:00.000', { type: 'time' }, '2024-01-31'],
    ['2024-01-31T08:30:00.000', { type: 'time' }, '2024-01-31 08:30:00'],
    ['007', { type: 'string' }, '007'],
    [true, { type: 'boolean' }, 'true'],
    ['', { type: 'string' }, ''],
  ])('%j of %j reads %j', (value, annotation, text) => {
    expect(formatValue(value, annotation)).toBe(text);
  });
});

test('numbers are aligned to the right under their titles', () => {
  const columns = [{ key: 'v.n', shortTitle: 'Number', type: 'number' }, { key: 'v.s' }];
  const lines = formatTable(columns, [{ 'v.n': '1', 'v.s': 'a' }]).split('\n');
  expect(lines[1]).toBe('│ Number │ v.s │');
  expect(lines[3]).toBe('│      1 │ a   │');
});
