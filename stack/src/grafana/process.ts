import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { partEnvironment, startChild, type Child } from '../child.ts';
import { HOST, ROOT } from '../config.ts';
import { answers, waitUntilUp } from '../health.ts';
import type { Secrets } from '../secrets.ts';
import type { Grafana } from './find.ts';
import { PLUGIN_DIST } from './plugin-build.ts';
import { arrangeProvisioning } from './provisioning.ts';

const APP = 'fairunderwriting-analytics-app';
const UNSIGNED = [
  APP,
  'fairunderwriting-attribution-panel',
  'fairunderwriting-cohort-panel',
  'fairunderwriting-cube-datasource',
];
export const GRAFANA_ADMIN = 'admin';

/** Where there is no alert service: Grafana does not start with a contact point without address. Nothing listens there. */
const NOWHERE = `http://${HOST}:9`;

export interface GrafanaOptions {
  grafana: Grafana;
  /** Folder of Grafana's own database. */
  dataDir: string;
  port: number;
  cubeUrl: string;
  /** Addresses of the services that the app's pages use; those left out are not configured. */
  mlUrl?: string;
  alertsUrl?: string;
  secrets: Secrets;
  logsDir: string;
}

/** Starts Grafana, configured by environment only; it may not answer yet. */
export function startGrafana(options: GrafanaOptions): Promise<Child> {
  const { grafana, dataDir, logsDir } = options;
  const plugins = join(dataDir, 'plugins');
  mkdirSync(plugins, { recursive: true });
  const link = join(plugins, APP);
  rmSync(link, { recursive: true, force: true });
  if (existsSync(PLUGIN_DIST)) symlinkSync(PLUGIN_DIST, link, 'dir');
  const provisioning = join(dataDir, 'provisioning');
  arrangeProvisioning(provisioning, process.env);
  return startChild({
    name: 'Grafana',
    command: grafana.binary,
    args: ['server', '--homepath', grafana.home],
    env: { ...partEnvironment(), ...grafanaSettings(options, plugins, provisioning) },
    cwd: grafana.home,
    logFile: join(logsDir, 'grafana.log'),
    stopSignal: 'SIGTERM',
  });
}

/** Waits until Grafana answers; the first start makes its database. */
export function waitForGrafana(grafana: Child, port: number): Promise<void> {
  return waitUntilUp(grafana, () => answers(`${grafanaAddress(port)}/api/health`), 120_000);
}

export function grafanaAddress(port: number): string {
  return `http://${HOST}:${port}`;
}

/** Grafana's own settings, and what the files under provisioning/ refer to. */
function grafanaSettings(options: GrafanaOptions, plugins: string, provisioning: string) {
  const { dataDir, port, cubeUrl, mlUrl = '', alertsUrl = '', secrets, logsDir } = options;
  return {
    CUBE_URL: cubeUrl,
    ML_URL: mlUrl,
    ALERTS_URL: alertsUrl,
    CUBE_API_SECRET: secrets.cubeApiSecret,
    ALERT_SERVICE_WEBHOOK: alertsUrl === '' ? NOWHERE : `${alertsUrl}/v1/webhooks/grafana`,
    ALERT_WEBHOOK_SECRET: secrets.alertWebhookSecret,
    ALERT_WEBHOOK_TOKEN: secrets.alertWebhookToken,
    GF_PATHS_DATA: dataDir,
    GF_PATHS_LOGS: logsDir,
    GF_PATHS_PLUGINS: plugins,
    GF_PATHS_PROVISIONING: provisioning,
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: join(ROOT, 'provisioning', 'dashboards', 'executive-kpis.json'),
    GF_SERVER_HTTP_ADDR: HOST,
    GF_SERVER_HTTP_PORT: String(port),
    GF_SERVER_ROOT_URL: grafanaAddress(port),
    GF_SECURITY_ADMIN_USER: GRAFANA_ADMIN,
    GF_SECURITY_ADMIN_PASSWORD: secrets.grafanaAdminPassword,
    GF_SECURITY_SECRET_KEY: secrets.grafanaSecretKey,
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
    GF_AUTH_ANONYMOUS_ENABLED: 'false',
    GF_USERS_ALLOW_SIGN_UP: 'false',
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: UNSIGNED.join(','),
    // Without it Grafana suggests its own panels only.
    GF_FEATURE_TOGGLES_ENABLE: 'externalVizSuggestions',
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_ANALYTICS_FEEDBACK_LINKS_ENABLED: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
    GF_LOG_MODE: 'console',
  };
}
