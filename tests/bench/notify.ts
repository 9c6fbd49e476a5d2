import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startListener } from '../grafana/support/listener.ts';
import { missing } from '../grafana/support/slice.ts';
import { startFullStack } from './full-stack.ts';

/** Seconds from the row that makes a breach to the news of it, of several breaches. */
export interface Notified {
  rule: string;
  /** The rule's interval, its `for`, and 10 seconds. */
  wanted: number;
  /** In `operational_alerts`, where the app's inbox and on-call's measures look. */
  recorded: number[];
  /** At the contact points of people; those of one rule that follow each other are sent together, by policy. */
  told: number[];
}

interface Trial {
  rule: string;
  wanted: number;
  /** What a breach of its name needs before it comes. */
  prepare: string;
  /** The one row. */
  breach: string;
}

const trials: Trial[] = [
  {
    rule: 'Requests fail (critical)',
    wanted: 60 + 120 + 10,
    prepare: `insert into service_health_samples (component, sampled_at, is_up, requests, db_connections_max)
      select $1, now() - n * interval '5 minutes', true, 1000, 100 from generate_series(1, 12) n`,
    breach: `insert into service_health_samples (component, sampled_at, is_up, requests, server_errors, db_connections_max)
      values ($1, now(), true, 1000, 500, 100)`,
  },
  {
    rule: 'Lab misses its service level (high)',
    wanted: 60 + 0 + 10,
    // Of fewer than twenty tests due no lab is judged: all of them are late, and the next one makes it known.
    prepare: `with lab as (insert into lab_partners (name) values ($1) returning id),
      contract as (
        insert into lab_contracts (lab_partner_id, valid_from, calendar_id, time_zone, sla_turnaround_days, sla_share)
        select lab.id, '2020-01-01', (select id from business_calendars order by id limit 1), 'UTC', 3, 0.95 from lab
      )
      insert into test_orders (customer_id, lab_partner_id, ordered_at, sent_to_lab_at)
      select (select id from customers order by id limit 1), lab.id, now() - interval '15 days', now() - interval '15 days'
      from lab, generate_series(1, 19)`,
    breach: `insert into test_orders (customer_id, lab_partner_id, ordered_at, sent_to_lab_at)
      select (select id from customers order by id limit 1), id, now() - interval '15 days', now() - interval '15 days'
      from lab_partners where name = $1`,
  },
];

/** Seconds between breaches: none of them times an interval of the rules. */
const apart = 25;
const rounds = 4;

/** The whole stack on demo data that stands in the present; Grafana judges by its own schedule. */
export async function benchNotify(): Promise<Notified[] | string> {
  const reason = missing();
  if (reason !== undefined) return reason;
  const listener = await startListener();
  const stack = await startFullStack({ FUA_ML: 'off', ALERT_WEBHOOK_URL: `${listener.url}/people` });
  const pool = new pg.Pool({ connectionString: stack.databaseUrl });
  // The server goes before the last connection does.
  pool.on('error', () => undefined);
  try {
    await pool.query('update reporting.settings set as_of = null');
    const things = trials.flatMap((trial) => Array.from({ length: rounds }, (_, round) => ({ trial, round })));
    for (const { trial, round } of things) await pool.query(trial.prepare, [nameOf(trial, round)]);
    // Every rule of both groups has judged that nothing of this is wrong.
    await sleep(130_000);
    const results = await Promise.all(
      things.map(async ({ trial, round }) => {
        await sleep(round * apart * 1_000);
        const name = nameOf(trial, round);
        await pool.query(trial.breach, [name]);
        const began = performance.now();
        const isRecorded = async () =>
          (await pool.query('select from operational_alerts where affected_entity_id = $1', [name])).rowCount !== 0;
        const isTold = () => Promise.resolve(listener.messages.some(({ body }) => body.includes(`"${name}"`)));
        const limit = (trial.wanted + 120) * 1_000;
        const [recorded, told] = await Promise.all([after(began, limit, isRecorded), after(began, limit, isTold)]);
        return { trial, recorded, told };
      }),
    );
    return trials.map((trial) => {
      const own = results.filter((result) => result.trial === trial);
      return {
        rule: trial.rule,
        wanted: trial.wanted,
        recorded: own.map(({ recorded }) => recorded),
        told: own.map(({ told }) => told),
      };
    });
  } finally {
    await pool.end();
    await stack.stop();
    listener.stop();
  }
}

const nameOf = ({ rule }: Trial, round: number) => `Bench ${rule.slice(0, 4)} ${round + 1}`;

/** Seconds until it is so; infinity when it does not become so within the milliseconds. */
async function after(began: number, limit: number, isSo: () => Promise<boolean>): Promise<number> {
  while (!(await isSo())) {
    if (performance.now() - began > limit) return Infinity;
    await sleep(100);
  }
  return (performance.now() - began) / 1_000;
}
