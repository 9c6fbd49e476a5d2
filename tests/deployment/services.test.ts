import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import type { Child } from '@fair-underwriting/stack/src/child.ts';
import { writeSecretFiles } from '@fair-underwriting/stack/src/deploy/secret-files.ts';
import { startEmbedded } from '@fair-underwriting/stack/src/postgres/embedded.ts';
import { waitForServer } from '@fair-underwriting/stack/src/postgres/server.ts';
import { stopProcess } from '@fair-underwriting/stack/src/stop-process.ts';
import pg from 'pg';
import { freePort } from '../support/postgres.ts';
import { ROOT } from './support/compose-file.ts';
import { Container, type Place } from './support/container.ts';
import { makeImageTree } from './support/image-tree.ts';

// The commands, environments and health checks of docker-compose.yml, run without an engine: on the files of the image
// and the secrets of npm run secrets. Only ports and folders are others.
jest.setTimeout(240_000);

let folder: string;
let postgres: Child;
let place: Place;
const running = new Map<string, Container>();

const secret = (name: string) => readFileSync(join(place.secrets, name), 'utf8').trim();
const address = (port: string) => `http://127.0.0.1:${place.ports[port]}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fua-deployment-'));
  chmodSync(folder, 0o755);
  const [database, ...ports] = await Promise.all(Array.from({ length: 5 }, freePort));
  place = {
    tree: join(folder, 'app'),
    secrets: join(folder, 'secrets'),
    volumes: join(folder, 'volumes'),
    ports: Object.fromEntries(['4000', '4100', '4200', '4400'].map((port, index) => [port, ports[index] ?? 0])),
  };
  makeImageTree(place.tree);
  writeSecretFiles(place.secrets, `127.0.0.1:${database}`);
  const port = Number(database);
  const password = secret('postgres_password');
  mkdirSync(join(folder, 'logs'));
  const { signal } = new AbortController();
  postgres = await startEmbedded({ dir: join(folder, 'pg'), port, password, logsDir: join(folder, 'logs'), signal });
  await waitForServer(postgres, port, password);

  const migrate = new Container('migrate', place);
  expect([await migrate.ended(), migrate.output]).toEqual([0, expect.stringContaining('alert_writer is up to date')]);
  // The jobs wait for Cube.
  for (const names of [['cube', 'ml-service', 'alert-service'], ['jobs']]) {
    for (const name of names) running.set(name, new Container(name, place));
    await Promise.all(names.map(async (name) => running.get(name)?.untilHealthy()));
  }
});

afterAll(async () => {
  await Promise.all([...running.values()].map((container) => container.stop()));
  await stopProcess(postgres.recorded, 'SIGINT', 10_000);
  rmSync(folder, { recursive: true, force: true });
});

const get = async (url: string, role?: string) => {
  const token = role && signToken({ user: 'tester', roles: [role] }, secret('cube_api_secret'));
  const response = await fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  return { status: response.status, body: await response.text() };
};

test('migrating again changes nothing', async () => {
  const again = new Container('migrate', place);
  expect(await again.ended()).toBe(0);
});

test('Cube answers from the database, saves cohorts and records who asked', async () => {
  const query = encodeURIComponent(JSON.stringify({ measures: ['customers.customers'] }));
  const answer = await get(`${address('4000')}/cubejs-api/v1/load?query=${query}`, 'executive');
  expect(answer.status).toBe(200);
  expect((JSON.parse(answer.body) as { data: unknown }).data).toEqual([{ 'customers.customers': '0' }]);
  expect((await get(`${address('4000')}/cubejs-api/v1/load?query=${query}`)).status).toBe(401);
  expect((await get(`${address('4000')}/fua/cohorts`, 'executive')).status).toBe(200);
  const client = new pg.Client({ connectionString: secret('database_url') });
  await client.connect();
  try {
    const giveUp = Date.now() + 20_000;
    let names: unknown[] = [];
    while (names.length === 0 && Date.now() < giveUp) {
      names = (await client.query('select distinct user_name from query_audit')).rows;
    }
    expect(names).toContainEqual({ user_name: 'tester' });
  } finally {
    await client.end();
  }
});

test('the churn service lives and says what it lacks', async () => {
  expect(await get(`${address('4100')}/readyz`)).toMatchObject({ status: 503 });
  expect((await get(`${address('4100')}/v1/features`)).status).toBe(401);
  expect((await get(`${address('4100')}/metrics`)).body).toContain('http_request_duration_seconds');
});

test('the alert service keeps what Grafana reports, by token and signature', async () => {
  const body = JSON.stringify({
    version: '1',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'Lab misses its service level', severity: 'high' },
        annotations: { summary: 'late' },
        startsAt: new Date().toISOString(),
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: 'deployment-test',
      },
    ],
  });
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret('alert_webhook_secret')).update(`${seconds}:${body}`).digest('hex');
  const post = async (token: string) =>
    fetch(`${address('4200')}/v1/webhooks/grafana`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-grafana-alerting-signature': signature,
        'x-grafana-alerting-timestamp': String(seconds),
      },
    });
  expect((await post('somebody else')).status).toBe(401);
  expect((await post(secret('alert_webhook_token'))).status).toBe(202);
  const giveUp = Date.now() + 20_000;
  let list = '';
  while (!list.includes('Lab misses') && Date.now() < giveUp) {
    list = (await get(`${address('4200')}/v1/alerts`, 'operations')).body;
  }
  expect((JSON.parse(list) as { alerts: unknown[] }).alerts).toHaveLength(1);
});

test('the jobs say which of them failed, and go on with the others', async () => {
  const giveUp = Date.now() + 120_000;
  let metrics = '';
  while (!metrics.includes('job_last_success_timestamp_seconds{job="close-month"}') && Date.now() < giveUp) {
    metrics = (await get(`${address('4400')}/metrics`)).body;
    await sleep(200);
  }
  expect(metrics).toMatch(/job_last_success_timestamp_seconds\{job="forecast"\} \d/);
  expect(metrics).toMatch(/job_last_success_timestamp_seconds\{job="close-month"\} \d/);
  expect(metrics).toContain('job_failures_total{job="score"} 1\n');
  expect(await get(`${address('4400')}/readyz`)).toMatchObject({ status: 503, body: expect.stringContaining('score') });
  expect(running.get('jobs')?.output).toContain('No model yet: npm run train trains one.');
  expect(running.get('jobs')?.output).toContain('No month is due to be closed.');
});

test('no service writes a secret to its log', () => {
  const values = readdirSync(place.secrets).flatMap((name) => {
    const value = secret(name);
    return name.endsWith('_url') ? [value, new URL(value).password] : [value];
  });
  expect(values.length).toBeGreaterThan(12);
  for (const { output } of running.values()) {
    for (const value of values) expect(output.includes(value)).toBe(false);
  }
});

test('each stops when it is told to, and is not healthy any more', async () => {
  for (const [name, container] of running) {
    expect(`${name} ${container.isHealthy()}`).toBe(`${name} true`);
    expect(`${name} ${await container.stop()}`).toBe(`${name} 0`);
    expect(`${name} ${container.isHealthy()}`).toBe(`${name} false`);
  }
});

test("Grafana's entry point turns files into variables, but for Grafana's own", () => {
  const script = join(ROOT, 'docker', 'with-secrets.sh');
  const run = (env: Record<string, string>) =>
    spawnSync('sh', [script, 'env'], { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' });
  const path = join(place.secrets, 'cube_api_secret');
  const lines = run({ CUBE_API_SECRET_FILE: path, GF_SECURITY_SECRET_KEY__FILE: path, OTHER: 'as it is' }).stdout.split(
    '\n',
  );
  expect(lines).toContain(`CUBE_API_SECRET=${secret('cube_api_secret')}`);
  expect(lines).toContain(`GF_SECURITY_SECRET_KEY__FILE=${path}`);
  expect(lines).toContain('OTHER=as it is');
  expect(lines.some((line) => line.startsWith('CUBE_API_SECRET_FILE='))).toBe(false);
  const failed = run({ CUBE_API_SECRET_FILE: '/nowhere' });
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('CUBE_API_SECRET_FILE names a file that cannot be read');
});
