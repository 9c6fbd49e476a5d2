import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openService } from '@fair-underwriting/alert-service/src/service.ts';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { listen, type Listening } from '@fair-underwriting/http-service/test-support/listen.ts';
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
/** The secret that the slice's Cube knows. */
export const SLICE_SECRET = secret;
const webhookSecret = 'the webhook secret of these tests only';
const webhookToken = 'the webhook token of these tests, only';

export interface Slice {
  /** Grafana's address. */
  url: string;
  admin: GrafanaApi;
  cube: RecordingProxy;
  webhook: Webhook;
  /** The alert service, and a token for a role there. */
  alerts: Listening;
  token(role: string): string;
  databaseUrl: string;
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
    const env = { CUBEJS_API_SECRET: secret, CUBE_COHORTS_DATABASE_URL: database.url };
    const cube = await startCube({ databaseUrl: database.url, env });
    stops.push(() => cube.stop());
    const proxy = await startRecordingProxy(cube.url, secret);
    stops.push(() => proxy.stop());
    const webhook = await startWebhook();
    stops.push(() => webhook.stop());
    const queueFolder = await mkdtemp(join(tmpdir(), 'fua-alerts-'));
    stops.push(() => rm(queueFolder, { recursive: true, force: true }));
    const alertService = await openService({
      databaseUrl: database.url,
      tokenSecret: secret,
      webhook: { secret: webhookSecret, token: webhookToken },
      queueFolder,
      queueBytes: 10_000_000,
    });
    stops.push(() => alertService.close());
    const alerts = await listen(alertService);
    const dataDir = await mkdtemp(join(tmpdir(), 'fua-grafana-'));
    stops.push(() => rm(dataDir, { recursive: true, force: true }));
    const {
      url,
      password,
      stop: stopGrafana,
    } = await grafanaOn({
      cubeUrl: proxy.url,
      alertsUrl: alerts.url,
      webhookUrl: webhook.url,
      dataDir,
      wantedPort: grafanaPort,
    });
    stops.push(stopGrafana);
    return {
      url,
      admin: new GrafanaApi(url, GRAFANA_ADMIN, password),
      cube: proxy,
      webhook,
      alerts,
      token: (role) => signToken({ user: `${role}-person`, roles: [role] }, secret),
      databaseUrl: database.url,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface Surroundings {
  cubeUrl: string;
  alertsUrl: string;
  webhookUrl: string;
  dataDir: string;
  wantedPort: number | undefined;
}

/** A Grafana with the provisioning of this repository; the variables of contact points are those of this process. */
export async function grafanaOn({ cubeUrl, alertsUrl, webhookUrl, dataDir, wantedPort }: Surroundings) {
  const grafana = findGrafana(process.env['GRAFANA_HOME']);
  if (!grafana) throw new Error('There is no Grafana in GRAFANA_HOME.');
  const port = wantedPort ?? (await freePort());
  process.env['ALERT_WEBHOOK_URL'] = webhookUrl;
  const secrets = {
    postgresPassword: '',
    cubeReaderPassword: '',
    cohortWriterPassword: '',
    auditWriterPassword: '',
    churnWriterPassword: '',
    alertWriterPassword: '',
    alertWebhookSecret: webhookSecret,
    alertWebhookToken: webhookToken,
    cubeApiSecret: secret,
    grafanaAdminPassword: 'only-for-this-test',
    grafanaSecretKey: secret,
  };
  const child = await startGrafana({
    grafana,
    dataDir,
    port,
    cubeUrl,
    alertsUrl,
    secrets,
    logsDir: join(dataDir, 'logs'),
  });
  const stop = () => stopProcess(child.recorded, 'SIGTERM', 10_000);
  try {
    await waitForGrafana(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: grafanaAddress(port), password: secrets.grafanaAdminPassword, pid: child.recorded.pid, stop };
}
