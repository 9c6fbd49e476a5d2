import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { makePayerValue } from '@fair-underwriting/ml-service/src/payer-value/make-payer-value.ts';
import pg from 'pg';
import type { ChurnDatabase } from '../churn/database.ts';
import { addMembers, openWorld, type MemberPlan } from './world.ts';

jest.setTimeout(180_000);

const gate = 4711;
let db: ChurnDatabase;
beforeAll(async () => {
  db = await openWorld();
  const plans = Array.from({ length: 30 }, (_, i): MemberPlan[] => [
    { id: 100 + i, diagnosedOn: '2025-05-20', cost: (k) => 500 - (k > 4 ? 100 : 0) },
    { id: 200 + i, cost: () => 500 },
  ]).flat();
  await addMembers(db, plans);
});
afterAll(() => db.stop());

async function stored(): Promise<Record<'runs' | 'cells' | 'balance' | 'matches', Record<string, unknown>[]>> {
  return {
    runs: await db.rows(
      'select day::text, snapshot_at, price_year from payer_value_runs order by payer_value_runs.day',
    ),
    cells: await db.rows('select c.*, c.day::text from payer_value_cells c order by c.day, is_full, position'),
    balance: await db.rows('select * from payer_balance_cells order by day, is_full, payer_id, covariate'),
    matches: await db.rows('select comparator_id, patient_id from payer_value_matches order by 1'),
  };
}

/** Starts `npm run payer-value` in a process of its own. */
function start() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'ml-service/src/cli/payer-value.ts'], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: db.url },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, exit: once(child, 'exit'), output: () => output };
}

/** Waits until somebody stands at the gate, or nobody does. */
async function waitForGate(isHeld: boolean): Promise<void> {
  for (;;) {
    const [row] = await db.rows<{ n: number }>(
      `select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
      [gate],
    );
    if ((row?.n ?? 0) > 0 === isHeld) return;
    await sleep(50);
  }
}

test('killed while it writes, it leaves what was there; run again, it does all of its work', async () => {
  await makePayerValue(db.client);
  const before = await stored();
  // The last thing that is written has to pass a gate, when everything else is in.
  await db.rows(`create function pass_gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${gate}); return new; end $$`);
  await db.rows(
    'create trigger gate before insert on payer_value_matches for each statement execute function pass_gate()',
  );
  await db.rows(`update medical_claims set allowed_amount = 2 * allowed_amount`);

  const keeper = new pg.Client({ connectionString: db.url });
  await keeper.connect();
  await keeper.query(`select pg_advisory_lock(${gate})`);
  const killed = start();
  await waitForGate(true);
  expect(await stored()).toEqual(before);
  killed.child.kill('SIGKILL');
  expect(await killed.exit).toEqual([null, 'SIGKILL']);
  await keeper.query(`select pg_advisory_unlock(${gate})`);
  await keeper.end();
  await waitForGate(false);
  expect(await stored()).toEqual(before);

  const whole = start();
  expect(await whole.exit).toEqual([0, null]);
  expect(whole.output()).toContain('30 patients beside 30 similar members, 0 left out');
  const after = await stored();
  expect(after.cells).toHaveLength(before.cells.length);
  const cost = (rows: Record<string, unknown>[]) => rows.find((row) => row['is_full'] === true)?.['cost_difference'];
  expect([cost(before.cells), cost(after.cells)]).toEqual([-100, -200]);
});

test('two at once end with the figures of one', async () => {
  const before = await stored();
  const runs = [start(), start()];
  for (const { exit } of runs) expect(await exit).toEqual([0, null]);
  expect(await stored()).toEqual(before);
});

test('another day stands beside it, and as of a day before nobody is known who came later', async () => {
  const before = await stored();
  await db.rows(`update reporting.settings set as_of = '2025-05-10T12:00Z'`);
  expect(await makePayerValue(db.client)).toMatchObject({ day: '2025-05-10', patients: 0, leftOut: 0 });
  const { runs, cells } = await stored();
  expect(runs.map((run) => run['day'])).toEqual(['2025-05-10', '2026-06-30']);
  expect(cells.filter((cell) => cell['day'] === '2026-06-30')).toEqual(before.cells);
});
