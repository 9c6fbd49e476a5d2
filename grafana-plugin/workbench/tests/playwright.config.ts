import { defineConfig } from '@playwright/test';

/** The workbench in Chromium: the one of CHROMIUM_PATH, else the one that Playwright has installed. */
export default defineConfig({
  testDir: '.',
  // Cleared at the start: the specs for Grafana keep theirs beside it.
  outputDir: '../../test-results/workbench',
  globalSetup: './serve.ts',
  fullyParallel: true,
  workers: 2,
  // Build machines are slow and busy; nothing here waits as long unless something is wrong.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['line'], ['json', { outputFile: process.env.BROWSER_REPORT ?? '../../test-results/report.json' }]],
  use: {
    baseURL: process.env.WORKBENCH_URL,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      // Chromium's sandbox does not run as root, as build machines often do.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
