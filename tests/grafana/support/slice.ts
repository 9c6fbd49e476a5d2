import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGrafana } from '@fair-underwriting/stack/src/grafana/find.ts';
import { PLUGIN_DIST } from '@fair-underwriting/stack/src/grafana/plugin-build.ts';
import {
  grafanaAddress,
  GRAFANA_ADMIN,
  startGrafana,
  waitForGrafana,
} from '@fair-underwriting/stack/src/grafana/process.ts';
import { stopProcess } from '@fair-underwriting/stack/src/stop-process.ts';
import { openDemoDatabase } from '../../demo/demo-database.ts';
import { startCube } from '../../support/cube.ts';
import { freePort } from '../../support/postgres.ts';
import { GrafanaApi } from './api.ts';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.ts';
import { startWebhook, type Webhook } from './webhook.ts';

const secret = 'only-for-tests-only-for-tests-only-for-tests';

export interface Slice {
  /** Grafana's address. */
  url: string;
  admin: GrafanaApi;
  cube: RecordingProxy;
  webhook: Webhook;
  stop(): Promise<void>;
}

/** Why the slice cannot be tried here; undefined when it can. */
export function missing(): string | undefined {
  if (!process.env['GRAFANA_HOME']) return 'GRAFANA_HOME is not set';
  const backend = join(PLUGIN_DIST, 'datasource');
  const built = existsSync(backend) && readdirSync(backend).some((name) => name.startsWith('gpx_'));
  return built ? undefined : 'the plugin is not built: run npm run build and build:backend with -w grafana-plugin';
}

/**
 * Demo data, Cube and a real Grafana with the provisioning of this repository.
 * @param grafanaPort a free one when left out, as for everything else
 */
export async function startSlice(grafanaPort?: number): Promise<Slice> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of stops.reverse()) await end();
  };
  try {
    const database = await openDemoDatabase();
    stops.push(() => database.stop());
    await database.fill({ customers: 2_000 });
    const cube = await startCube({ databaseUrl: database.url, env: { CUBEJS_API_SECRET: secret } });
    stops.push(() => cube.stop());
    const proxy = await startRecordingProxy(cube.url, secret);
    stops.push(() => proxy.stop());
    const webhook = await startWebhook();
    stops.push(() => webhook.stop());
    const dataDir = await mkdtemp(join(tmpdir(), 'fua-grafana-'));
    stops.push(() => rm(dataDir, { recursive: true, force: true }));
    const { url, password, stop: stopGrafana } = await grafanaOn(proxy.url, webhook.url, dataDir, grafanaPort);
    stops.push(stopGrafana);
    return { url, admin: new GrafanaApi(url, GRAFANA_ADMIN, password), cube: proxy, webhook, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function grafanaOn(cubeUrl: string, webhookUrl: string, dataDir: string, wantedPort?: number) {
  const grafana = findGrafana(process.env['GRAFANA_HOME']);
  if (!grafana) throw new Error('There is no Grafana in GRAFANA_HOME.');
  const port = wantedPort ?? (await freePort());
  process.env['ALERT_WEBHOOK_URL'] = webhookUrl;
  const secrets = {
    postgresPassword: '',
    cubeReaderPassword: '',
    cohortWriterPassword: '',
    alertWriterPassword: '',
    alertWebhookSecret: secret,
    alertWebhookToken: secret,
    cubeApiSecret: secret,
    grafanaAdminPassword: 'only-for-this-test',
    grafanaSecretKey: secret,
  };
  const child = await startGrafana({ grafana, dataDir, port, cubeUrl, secrets, logsDir: join(dataDir, 'logs') });
  const stop = () => stopProcess(child.recorded, 'SIGTERM', 10_000);
  try {
    await waitForGrafana(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: grafanaAddress(port), password: secrets.grafanaAdminPassword, stop };
}
