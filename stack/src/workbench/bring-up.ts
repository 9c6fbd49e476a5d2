import { join } from 'node:path';
import type { BringUp } from '../bring-up.ts';
import { partEnvironment, startChild } from '../child.ts';
import { HOST, ROOT, statePaths } from '../config.ts';
import { cubeAddress } from '../cube-process.ts';
import { buildStale } from '../grafana/plugin-build.ts';
import { answers, waitUntilUp } from '../health.ts';
import { WORKBENCH_PAGES } from './pages.ts';

/** Builds the workbench if needed and serves it: the panels, where there is no Grafana to show them. */
export async function bringUpWorkbench({ config, secrets, stack, progress, signal }: BringUp): Promise<void> {
  const plugin = join(ROOT, 'grafana-plugin');
  const sources = ['src', '.config', 'package.json', 'workbench/src', 'workbench/scenes', 'workbench/fixtures'];
  const built = await buildStale(
    'workbench:build',
    join(WORKBENCH_PAGES, 'index.html'),
    [...sources, 'workbench/webpack.config.ts'].map((name) => join(plugin, name)),
    signal,
  );
  signal.throwIfAborted();
  if (built.problem !== undefined) {
    progress.note(`  The panel workbench could not be built:\n${built.problem}`);
    return;
  }
  const { workbench: port, cube } = config.ports;
  const url = `http://${HOST}:${port}`;
  await progress.step(
    'Workbench',
    async () => {
      const child = await startChild({
        name: 'The workbench',
        command: process.execPath,
        args: ['--import', 'tsx', join(import.meta.dirname, 'serve.ts')],
        env: {
          ...partEnvironment(),
          WORKBENCH_PORT: String(port),
          CUBE_URL: cubeAddress(cube),
          CUBEJS_API_SECRET: secrets.cubeApiSecret,
        },
        cwd: ROOT,
        logFile: join(statePaths(config.dataDir).logs, 'workbench.log'),
        stopSignal: 'SIGTERM',
      });
      stack.add('workbench', child, { workbench: { url } });
      signal.throwIfAborted();
      await waitUntilUp(child, () => answers(url), 60_000);
    },
    () => url,
  );
}
