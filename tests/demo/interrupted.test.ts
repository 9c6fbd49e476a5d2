import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DemoDatabase, openDemoDatabase } from './demo-database.ts';

const root = join(import.meta.dirname, '..', '..');
let db: DemoDatabase;
beforeAll(async () => {
  db = await openDemoDatabase();
  await db.fill({ customers: 20, months: 2, end: '2026-06-30' });
}, 60_000);
afterAll(() => db.stop());

const state = () =>
  db.query(`select (select md5(string_agg(t::text, ',' order by id)) from test_orders t) as orders,
    (select count(*) from pg_index where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)) as indexes,
    (select count(*) from pg_constraint where connamespace = 'public'::regnamespace) as constraints,
    (select as_of::text from reporting.settings) as as_of`);

test.each(['SIGINT', 'SIGKILL'] as const)(
  'a load that %s ends half way leaves the database as it was, and free for others',
  async (signal) => {
    const before = await state();
    const args = ['--import', 'tsx', join(root, 'database', 'demo', 'cli.ts')];
    const child = spawn(process.execPath, [...args, '--customers', '20000', '--end', '2026-05-31', '--replace'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: db.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    for await (const piece of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      told += piece;
      if (/ of 20000 customers/.test(told)) break;
    }
    expect(told).toMatch(/ of 20000 customers .* rows/);
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe(signal);
    await db.query(`set lock_timeout = '20s'`);
    expect(await state()).toEqual(before);
  },
  90_000,
);
