import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grafanaOn, SLICE_SECRET } from '../grafana/support/slice.ts';
import { startCube } from '../support/cube.ts';
import type { FullStack } from './full-stack.ts';

/** Cube, with its refresh of rollups, and Grafana on a database that is there already; nothing is written to its tables. */
export async function startOnDatabase(databaseUrl: string): Promise<Omit<FullStack, 'databaseUrl'>> {
  const cube = await startCube({
    databaseUrl,
    env: { CUBEJS_API_SECRET: SLICE_SECRET, CUBE_COHORTS_DATABASE_URL: databaseUrl, CUBE_REFRESH_SECONDS: '30' },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'fua-grafana-'));
  const remove = async () => {
    await cube.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const surroundings = { cubeUrl: cube.url, alertsUrl: '', webhookUrl: '', dataDir, wantedPort: undefined };
    const { url, password, pid, stop } = await grafanaOn(surroundings);
    return {
      grafana: { url, password },
      parts: [
        ['grafana', pid],
        ['cube', cube.pid],
      ],
      async stop() {
        await stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
