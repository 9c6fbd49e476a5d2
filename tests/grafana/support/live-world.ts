import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GRAFANA_ADMIN } from '@fair-underwriting/stack/src/grafana/process.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { runSql } from '../../conformance/support/data-sets.ts';
import { startCube, type TestCube } from '../../support/cube.ts';
import { startKillablePostgres, type KillablePostgres } from '../../support/killable-postgres.ts';
import { freePort } from '../../support/postgres.ts';
import { GrafanaApi } from './api.ts';
import { startListener, type Listener } from './listener.ts';
import { judgeOften } from './rule-states.ts';
import { grafanaOn, SLICE_SECRET } from './slice.ts';

/** A real Grafana on live.sql, whose parts can be taken away and given back. Grafana is there first, Cube not at all. */
export interface LiveWorld {
  grafana: GrafanaApi;
  /** Grafana's address. */
  url: string;
  password: string;
  postgres: KillablePostgres;
  /** Host and port that Cube is asked at. */
  cubeAddress: string;
  /** Takes in what goes to /alert-service, and to the contact points that are set to it. */
  listener: Listener;
  sql(text: string): Promise<void>;
  /** @param secret the one that Cube knows; Grafana's when left out */
  startCube(secret?: string): Promise<void>;
  /** Ends Cube at once, as the kernel does when memory runs out. */
  killCube(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param settings further variables of Grafana's process, given the listener's address. Rules are judged every
 * half minute instead of every minute or ten, and not tried again; everything else of them is as it ships.
 */
export async function openLiveWorld(settings: (listener: string) => Record<string, string>): Promise<LiveWorld> {
  const before = { ...process.env };
  const stops: (() => unknown)[] = [() => (process.env = before)];
  const stop = async () => {
    for (const end of stops.reverse()) await end();
  };
  try {
    const postgres = await startKillablePostgres();
    stops.push(() => postgres.stop());
    const sql = (text: string) => runSql(postgres.url, text);
    await migrate(postgres.url);
    await sql(await readFile(join(import.meta.dirname, 'live.sql'), 'utf8'));
    const listener = await startListener();
    stops.push(() => listener.stop());
    // As often as rules are judged here, a second try of a slow question would outlast what an alert is kept for.
    Object.assign(process.env, { GF_UNIFIED_ALERTING_MAX_ATTEMPTS: '1' }, settings(listener.url));
    const dataDir = await mkdtemp(join(tmpdir(), 'fua-grafana-'));
    stops.push(() => rm(dataDir, { recursive: true, force: true }));
    const cubePort = await freePort();
    const { url, password, ...running } = await grafanaOn({
      cubeUrl: `http://127.0.0.1:${cubePort}`,
      alertsUrl: `${listener.url}/alert-service`,
      webhookUrl: process.env['ALERT_WEBHOOK_URL'] ?? '',
      dataDir,
      wantedPort: undefined,
    });
    stops.push(() => running.stop());
    const grafana = new GrafanaApi(url, GRAFANA_ADMIN, password);
    await judgeOften(dataDir, grafana);
    let cube: TestCube | undefined;
    stops.push(() => cube?.stop());
    return {
      grafana,
      url,
      password,
      postgres,
      cubeAddress: `127.0.0.1:${cubePort}`,
      listener,
      sql,
      async startCube(secret = SLICE_SECRET) {
        cube = await startCube({ databaseUrl: postgres.url, port: cubePort, env: { CUBEJS_API_SECRET: secret } });
      },
      async killCube() {
        if (!cube) return;
        process.kill(cube.pid, 'SIGKILL');
        await cube.stop();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
