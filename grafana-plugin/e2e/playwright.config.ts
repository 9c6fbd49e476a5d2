import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { defineConfig } from '@playwright/test';

/** A Grafana of one's own (GRAFANA_URL), or one that is started for the tests (GRAFANA_HOME). */
const { GRAFANA_URL, GRAFANA_HOME } = process.env;
const port = 3199;
const isOwn = GRAFANA_URL !== undefined;
const available = isOwn || GRAFANA_HOME !== undefined;
if (!available) {
  console.warn(
    'The browser tests in Grafana are left out: set GRAFANA_HOME, or GRAFANA_URL with its GRAFANA_ADMIN_PASSWORD.'
  );
}
const user = {
  user: process.env.GRAFANA_ADMIN_USER ?? 'admin',
  password: process.env.GRAFANA_ADMIN_PASSWORD ?? (isOwn ? 'admin' : 'only-for-this-test'),
};
const root = join(__dirname, '..', '..');

/** Playwright's own browser is used where there is none on this machine. */
function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
  return process.env.CHROMIUM_PATH ?? found;
}

export default defineConfig<PluginOptions>({
  testDir: '.',
  outputDir: '../test-results/e2e',
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 1,
  use: {
    baseURL: GRAFANA_URL ?? `http://127.0.0.1:${port}`,
    user,
    grafanaAPICredentials: user,
    viewport: { width: 1440, height: 1000 },
    actionTimeout: 30_000,
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium(), args: ['--no-sandbox'] },
  },
  projects: [
    ...(available
      ? [
          {
            name: 'auth',
            testDir: join(dirname(require.resolve('@grafana/plugin-e2e')), 'auth'),
            testMatch: [/.*\.js/],
          },
        ]
      : []),
    {
      name: 'grafana',
      testMatch: /.*\.spec\.ts/,
      ...(available
        ? {
            dependencies: ['auth'],
            use: { storageState: join(process.cwd(), 'playwright', '.auth', `${user.user}.json`) },
          }
        : {}),
    },
  ],
  ...(available && !isOwn
    ? {
        webServer: {
          command: `${process.execPath} --import tsx ${join('tests', 'grafana', 'serve.ts')} ${port}`,
          cwd: root,
          url: `http://127.0.0.1:${port}/api/health`,
          timeout: 300_000,
          gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 30_000 },
        },
      }
    : {}),
});
