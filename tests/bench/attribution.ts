import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { creditsOf, models } from '@fair-underwriting/ml-service/src/attribution/credits.ts';
import { removalEffects, type Path } from '@fair-underwriting/ml-service/src/attribution/markov.ts';
import { readJourneys } from '@fair-underwriting/ml-service/src/attribution/read-journeys.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { startPostgres } from '../support/postgres.ts';

const python = process.env['PYTHON'] ?? 'python3';

interface Reference {
  heuristic: { channel_name: string; first_touch: number; last_touch: number; linear_touch: number }[];
  effects: { channel_name: string; removal_effect: number }[];
  secondsHeuristic: number;
  secondsMarkov: number;
}

/**
 * Attribution in seven models beside the Python package ChannelAttribution on the same paths, those of BENCH_DATABASE_URL or
 * of fresh demo data: once with equal paths counted, as the product fits its chains, once with a row for each journey.
 */
export async function benchAttribution(customers: number): Promise<void> {
  const paths = await readPaths(customers);
  compare('equal paths counted', counted(paths));
  compare(
    'a row for each journey',
    paths.flatMap((path) => Array.from({ length: path.journeys }, () => ({ ...path, journeys: 1 }))),
  );
}

function compare(what: string, paths: readonly Path[]): void {
  const started = performance.now();
  const effects = removalEffects(paths);
  const credits = creditTotals(paths, effects);
  const seconds = (performance.now() - started) / 1000;
  const sum = (of: (path: Path) => number) => paths.reduce((total, path) => total + of(path), 0);
  const journeys = sum((path) => path.journeys);
  const touches = sum((path) => path.journeys * path.channels.length);
  console.log(
    `  ${what}: ${paths.length} rows, ${journeys} journeys, ${touches} steps\n` +
      `    seven models: ${seconds.toFixed(3)} s, ${rate(paths.length, seconds)} rows/s`,
  );
  const reference = runReference(paths);
  if (typeof reference === 'string') {
    console.log(`    the comparison is left out: ${reference}`);
    return;
  }
  const { secondsHeuristic, secondsMarkov } = reference;
  console.log(
    `    ChannelAttribution, four models: ${secondsHeuristic.toFixed(3)} s for first, last and linear, ` +
      `${secondsMarkov.toFixed(3)} s for Markov: ${rate(paths.length, secondsHeuristic + secondsMarkov)} rows/s`,
  );
  console.table({
    'first touch: greatest difference in conversions': gap(reference, credits, 'first_touch'),
    'last touch: greatest difference': gap(reference, credits, 'last_touch'),
    'linear: greatest difference': gap(reference, credits, 'linear', 'linear_touch'),
    'removal effects: greatest difference (its are simulated, ours exact)': Math.max(
      ...reference.effects.map((one) => Math.abs(one.removal_effect - (effects.get(one.channel_name) ?? 0))),
    ),
  });
}

/** Over all months together. */
function counted(paths: readonly Path[]): Path[] {
  const sums = new Map<string, Path>();
  for (const path of paths) {
    const key = `${path.converts} ${path.channels.join(' > ')}`;
    sums.set(key, { ...path, journeys: path.journeys + (sums.get(key)?.journeys ?? 0) });
  }
  return [...sums.values()];
}

function rate(rows: number, seconds: number): string {
  return Math.round(rows / seconds).toLocaleString('en');
}

async function readPaths(customers: number): Promise<Path[]> {
  const choice = { kind: 'first_payment', lookback: 30 } as const;
  const given = process.env['BENCH_DATABASE_URL']?.split(/\s+/)[0];
  if (given) return withConnection(given, (client) => readJourneys(client, choice));
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url, customers });
    return await withConnection(postgres.url, (client) => readJourneys(client, choice));
  } finally {
    await postgres.stop();
  }
}

type Totals = Map<string, Record<string, number>>;

/** Conversions credited to each channel; a path has no times, so its touches are a day apart. */
function creditTotals(paths: readonly Path[], effects: ReadonlyMap<string, number>): Totals {
  const totals: Totals = new Map();
  for (const { channels, converts, journeys } of paths) {
    if (!converts) continue;
    const credits = creditsOf({ channels, daysBefore: channels.map((_, i) => channels.length - 1 - i) }, effects);
    for (const [i, channel] of channels.entries()) {
      const own = totals.get(channel) ?? {};
      for (const model of models) own[model] = (own[model] ?? 0) + (credits[model][i] ?? 0) * journeys;
      totals.set(channel, own);
    }
  }
  return totals;
}

function gap(
  { heuristic }: Reference,
  totals: Totals,
  model: string,
  column: 'first_touch' | 'last_touch' | 'linear_touch' = model as 'first_touch',
): number {
  return Math.max(...heuristic.map((one) => Math.abs(one[column] - (totals.get(one.channel_name)?.[model] ?? 0))));
}

/** What the package says, or why it is not asked. */
function runReference(paths: readonly Path[]): Reference | string {
  const rows = paths.map(({ channels, converts, journeys }) => ({
    path: channels.join(' > '),
    conversions: converts ? journeys : 0,
    lost: converts ? 0 : journeys,
  }));
  const ran = spawnSync(python, [join(import.meta.dirname, 'attribution.py')], {
    input: JSON.stringify(rows),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if ((ran.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return `${python} is not installed`;
  if (ran.status !== 0) {
    const last = ran.stderr.trim().split('\n').at(-1) ?? '';
    return `${python} cannot run it (${last}); pip install ChannelAttribution pandas matplotlib, and set PYTHON`;
  }
  return JSON.parse(ran.stdout) as Reference;
}

if (import.meta.filename === process.argv[1]) await benchAttribution(Number(process.argv[2] ?? 5000));
