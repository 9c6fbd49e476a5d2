import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { produceBeside } from './produce-beside.ts';
import type { DemoSize } from './size.ts';
import { tableNames } from './tables.ts';

const size: DemoSize = { customers: 80, months: 5, seed: 42, end: '2026-06-30' };

async function digest(of: DemoSize): Promise<string> {
  const hash = createHash('sha256');
  for await (const batch of produceBeside(of)) hash.update(batch.table).update(batch.bytes);
  return hash.digest('hex');
}

let first: string;
beforeAll(async () => {
  first = await digest(size);
}, 30_000);

test('the same size, seed and end give the same bytes, in another process and without a worker too', async () => {
  expect(await digest(size)).toBe(first);
  const script = `
    import { createHash } from 'node:crypto';
    import { produce } from ${JSON.stringify(join(import.meta.dirname, 'produce.ts'))};
    const hash = createHash('sha256');
    for (const batch of produce(${JSON.stringify(size)})) hash.update(batch.table).update(batch.bytes);
    process.stdout.write(hash.digest('hex'));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' })).toBe(first);
}, 30_000);

test.each([{ seed: 43 }, { end: '2026-06-29' }, { customers: 81 }, { months: 6 }])(
  '%j gives other bytes',
  async (other) => {
    expect(await digest({ ...size, ...other })).not.toBe(first);
  },
  30_000,
);

test('every table gets rows, and at least the activity and touches per customer that reports need', async () => {
  const counts = new Map<string, number>();
  for await (const { table, rows } of produceBeside({ ...size, customers: 400, months: 24 }))
    counts.set(table, (counts.get(table) ?? 0) + rows);
  expect([...counts.keys()].sort()).toEqual([...tableNames].sort());
  expect(counts.get('user_activity_logs')).toBeGreaterThan(400 * 20);
  expect(counts.get('marketing_touchpoints')).toBeGreaterThan(400 * 5);
}, 30_000);

test('an error in the worker reaches the caller', async () => {
  await expect(digest({ ...size, end: 'never' })).rejects.toThrow('is no number');
}, 30_000);
