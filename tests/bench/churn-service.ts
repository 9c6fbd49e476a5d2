import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clock } from '@fair-underwriting/ml-service/bench/speed.ts';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { identityCalibrator } from '@fair-underwriting/ml-service/src/calibration/calibrator.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { encodeRows, fitEncoding, type RawRow } from '@fair-underwriting/ml-service/src/data/encoding.ts';
import { quantile } from '@fair-underwriting/ml-service/src/evaluation/bootstrap.ts';
import { trainedFeatures } from '@fair-underwriting/ml-service/src/features/catalogue.ts';
import { readDataset, type Dataset } from '@fair-underwriting/ml-service/src/pipeline/dataset.ts';
import { ServedModel } from '@fair-underwriting/ml-service/src/serving/served-model.ts';
import { trainForest } from '@fair-underwriting/ml-service/src/training/forest.ts';
import pg from 'pg';
import { promote } from '../churn-service/model.ts';
import { startProcess } from '../churn-service/process.ts';
import { token } from '../churn-service/running.ts';
import { startPostgres } from '../support/postgres.ts';

const version = 'forest';
/** Requests before those that count. */
const warmUp = 300;
const counted = 2_000;

/** Prints how quickly the churn service answers with the heaviest model there is, a forest of 100 trees of depth 10. */
export async function benchChurnService(customers: number): Promise<void> {
  const postgres = await startPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'fua-models-'));
  try {
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url, customers, end: '2026-06-30' });
    const dataset = await withConnection(postgres.url, (client) => readDataset(client));
    await promote(postgres.url, folder, version, await forestOf(dataset));
    await inProcess(folder, dataset.rows);
    await overHttp(postgres.url, folder, dataset.rows);
  } finally {
    await rm(folder, { recursive: true });
    await postgres.stop();
  }
}

async function forestOf({ rows, labels }: Dataset) {
  const encoding = fitEncoding(trainedFeatures(false), rows);
  const data = { features: encodeRows(encoding, rows), labels };
  const model = await trainForest(data);
  return { encoding, model: { features: encoding.columns, model, calibrator: identityCalibrator } };
}

async function inProcess(folder: string, rows: readonly RawRow[]): Promise<void> {
  const model = await ServedModel.load(join(folder, version), availableParallelism());
  try {
    const many = Array.from({ length: 100_000 }, (_, i) => rows[i % rows.length] ?? {});
    await model.score(many);
    const { duration: batch } = await clock(() => model.score(many));
    const some = many.slice(0, 500);
    for (const row of some) model.explain(row);
    const { duration: explained } = await clock(() => some.forEach((row) => model.explain(row)));
    const perRow = (seconds: number) => ((seconds / some.length) * 1_000).toFixed(2);
    console.log(
      `Scoring of ${many.length} rows given as objects, encoding included, ${availableParallelism()} workers: ` +
        `${Math.round(many.length / batch.wall)} a second, ${Math.round(many.length / batch.cpu)} per processor second`,
    );
    console.log(
      `Reasons by exact TreeSHAP, 100 trees of depth 10: ${perRow(explained.wall)} ms a row, ` +
        `${perRow(explained.cpu)} ms of processor (wanted: at most 2)`,
    );
  } finally {
    await model.retire();
  }
}

async function overHttp(databaseUrl: string, folder: string, rows: readonly RawRow[]): Promise<void> {
  const service = await startProcess(databaseUrl, folder);
  try {
    while ((await service.call('GET', '/readyz').catch(() => undefined))?.status !== 200) {
      if (service.child.exitCode !== null) throw new Error(service.output());
      await sleep(100);
    }
    const ids = await subscribers(databaseUrl);
    const given = (i: number) => {
      const row = rows[i % rows.length] ?? {};
      return { features: Object.fromEntries(trainedFeatures(false).map(({ name }) => [name, row[name] ?? null])) };
    };
    const whatIf = (i: number) => send(service.url, 'POST', '/v1/what-if', given(i));
    const churn = (i: number) => send(service.url, 'GET', `/v1/customers/${ids[i % ids.length] ?? ''}/churn`);
    const scores = (i: number) => {
      const customerIds = Array.from({ length: 500 }, (_, n) => ids[(i * 500 + n) % ids.length]);
      return send(service.url, 'POST', '/v1/scores', { customerIds: [...new Set(customerIds)] });
    };
    const cpu = async () => {
      const { text } = await service.call('GET', '/metrics');
      return Number(/^process_cpu_seconds_total ([\d.]+)/m.exec(text)?.[1]);
    };
    console.table([
      await measure('features given, with reasons', whatIf, cpu, 1),
      await measure('features given, with reasons, 16 callers', whatIf, cpu, 16),
      await measure('customer, features from the database', churn, cpu, 1),
      await measure('customer, features from the database, 8 callers', churn, cpu, 8),
      await measure('500 customers', scores, cpu, 1, 20),
    ]);
  } finally {
    agent.destroy();
    service.child.kill('SIGTERM');
    await service.ended;
  }
}

async function subscribers(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ customer_id: string }>(
      `select customer_id from subscriptions
       where started_at <= reporting.as_of() and coalesce(trial_ends_at, started_at) <= reporting.as_of()
         and cancelled_at is null and ended_at is null
       group by customer_id`,
    );
    return rows.map((row) => row.customer_id);
  } finally {
    await client.end();
  }
}

/** Milliseconds of requests, so many callers at a time; the service's processor time counts on a machine in use. */
async function measure(
  what: string,
  ask: (i: number) => Promise<void>,
  cpu: () => Promise<number>,
  callers: number,
  count = counted,
) {
  for (let i = 0; i < Math.min(warmUp, count); i++) await ask(i);
  const times: number[] = [];
  let next = 0;
  const before = await cpu();
  const seconds = await secondsOf(() =>
    Promise.all(
      Array.from({ length: callers }, async () => {
        for (let i = next++; i < count; i = next++) times.push((await secondsOf(() => ask(i))) * 1_000);
      }),
    ),
  );
  times.sort((a, b) => a - b);
  return {
    question: what,
    'p50 ms': Number(quantile(times, 0.5).toFixed(2)),
    'p99 ms': Number(quantile(times, 0.99).toFixed(2)),
    'a second': Math.round(count / seconds),
    'ms of processor': Number(((((await cpu()) - before) / count) * 1_000).toFixed(2)),
  };
}

async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

const agent = new Agent({ keepAlive: true });
const authorization = `Bearer ${token('executive')}`;

function send(url: string, method: string, path: string, body?: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const call = request(url + path, { method, agent, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${method} ${path} answered ${response.statusCode ?? 0}`));
      });
    });
    call.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}
