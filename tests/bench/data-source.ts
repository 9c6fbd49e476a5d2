import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { GrafanaApi, type PanelQuery } from '../grafana/support/api.ts';
import { missing, SLICE_SECRET, startSlice } from '../grafana/support/slice.ts';
import { median, time } from './timing.ts';

/** Milliseconds, unless a name says otherwise; medians. */
export interface DataSourceBench {
  rest: number;
  throughGrafana: number;
  /** Median of the differences of pairs, taken by turns; at most 3 is wanted. */
  overhead: number;
  /** 16 queries that Cube has not answered before, all at once over REST, and the slowest of them. */
  directParallel: number;
  /** The same number in one request of Grafana; within 1.3 x of the slowest is wanted. */
  parallel: number;
  /** Resident bytes of the backend before and after 1,000 queries. */
  memory: [number, number];
}

export interface Target {
  grafana: GrafanaApi;
  cubeUrl: string;
  secret: string;
}

const view = { kind: 'view', version: 1, view: 'lab_sla', filters: [], segments: [], order: [], format: 'table' };
const measures = ['lab_sla.sla_compliance'];
const dimensions = ['lab_sla.lab_name'];
const oneQuestion: PanelQuery = { ...view, measures, dimensions };

/** From the bytes of 100,000 rows to frames, by Go's own benchmark. @returns milliseconds; undefined without Go */
export function benchFrames(): number | undefined {
  const folder = join(import.meta.dirname, '..', '..', 'grafana-plugin');
  const args = ['test', './pkg/frames', '-run', 'none', '-bench', 'Table100000', '-benchtime', '10x'];
  const { stdout, error } = spawnSync('go', args, { cwd: folder, encoding: 'utf8' });
  const [, nanoseconds] = /BenchmarkTable100000\S*\s+\d+\s+(\d+) ns\/op/.exec(error ? '' : stdout) ?? [];
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e6;
}

/** @returns figures from a real Grafana with demo data, or why there are none */
export async function benchDataSource(): Promise<DataSourceBench | string> {
  const reason = missing();
  if (reason !== undefined) return reason;
  const slice = await startSlice();
  try {
    return await measure({ grafana: slice.admin, cubeUrl: slice.cube.url, secret: SLICE_SECRET });
  } finally {
    await slice.stop();
  }
}

/** Measures one data source, `fua-cube`, beside the Cube that it asks. */
export async function measure(target: Target): Promise<DataSourceBench> {
  const { grafana } = target;
  await grafana.signIn();
  const pairs: [number, number][] = [];
  for (let round = 0; round < 120; round += 1) {
    const rest = await time(() => ask(target, { measures, dimensions, limit: 10_001 }));
    const through = await time(() => grafana.query([oneQuestion]));
    // The first rounds warm both; both are then answered from Cube's cache, so that the way alone is measured.
    if (round >= 20) pairs.push([rest, through]);
  }
  const before = await residentBytes(grafana);
  for (let count = 0; count < 1_000; count += 20) {
    await Promise.all(Array.from({ length: 20 }, () => grafana.query([oneQuestion])));
  }
  return {
    rest: median(pairs.map(([rest]) => rest)),
    throughGrafana: median(pairs.map(([, through]) => through)),
    overhead: median(pairs.map(([rest, through]) => through - rest)),
    ...(await benchParallel(target)),
    memory: [before, await residentBytes(grafana)],
  };
}

async function benchParallel(target: Target): Promise<Pick<DataSourceBench, 'directParallel' | 'parallel'>> {
  const direct: number[] = [];
  const through: number[] = [];
  let limit = 20_000;
  // A limit that was not asked before keeps an answer out of Cube's cache.
  const limits = () => Array.from({ length: 16 }, () => (limit += 1));
  for (let round = 0; round < 6; round += 1) {
    const one = await time(() =>
      Promise.all(limits().map((fresh) => ask(target, { measures, dimensions, limit: fresh }))),
    );
    const other = await time(() => target.grafana.query(limits().map((fresh) => ({ ...oneQuestion, limit: fresh }))));
    if (round > 0) {
      direct.push(one);
      through.push(other);
    }
  }
  return { directParallel: median(direct), parallel: median(through) };
}

async function ask({ cubeUrl, secret }: Target, query: object): Promise<void> {
  const response = await fetch(`${cubeUrl}/cubejs-api/v1/load`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: signToken({ user: 'bench', roles: ['executive'] }, secret),
    },
    body: JSON.stringify({ query: { ...query, responseFormat: 'columnar', timezone: 'UTC' } }),
  });
  const { error } = (await response.json()) as { error?: string };
  if (error !== undefined) throw new Error(`Cube answered ${response.status}: ${error}`);
}

async function residentBytes(grafana: GrafanaApi): Promise<number> {
  const text = await grafana.text('plugins/fairunderwriting-cube-datasource/metrics');
  const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(text) ?? [];
  if (bytes === undefined) throw new Error('The backend tells nothing of its memory.');
  return Number(bytes);
}
