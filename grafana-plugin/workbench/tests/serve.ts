import { chromium, type FullConfig } from '@playwright/test';
import { spawn } from 'child_process';
import { once } from 'events';
import { createServer, type AddressInfo } from 'net';
import path from 'path';

const root = path.resolve(__dirname, '..', '..', '..');

/**
 * Serves the built workbench on a free port for as long as the tests run. Workers find its address in WORKBENCH_URL and
 * its scenes in WORKBENCH_SCENES.
 */
export default async function serve({ projects }: FullConfig): Promise<() => Promise<void>> {
  const port = await freePort();
  const script = path.join(root, 'stack', 'src', 'workbench', 'serve.ts');
  const server = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    env: { ...process.env, WORKBENCH_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const started = await Promise.race([once(server.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!started) {
    throw new Error('The workbench could not be served.');
  }
  process.env.WORKBENCH_URL = `http://127.0.0.1:${port}`;
  process.env.WORKBENCH_SCENES = await readScenes(process.env.WORKBENCH_URL, projects[0]?.use.launchOptions);
  return async () => {
    server.kill();
    await ended;
  };
}

async function readScenes(url: string, options: Parameters<typeof chromium.launch>[0]): Promise<string> {
  const browser = await chromium.launch(options);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const found = await page.locator('#root').getAttribute('data-scenes');
    if (!found) {
      throw new Error('The workbench has no scenes.');
    }
    return found;
  } finally {
    await browser.close();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
