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

/** Attribution of demo journeys in seven models beside the Python package ChannelAttribution on the same paths. */
export async function benchAttribution(customers: number): Promise<void> {
  const paths = await demoPaths(customers);
  const started = performance.now();
  const effects = removalEffects(paths);
  const credits = creditTotals(paths, effects);
  const seconds = (performance.now() - started) / 1000;
  const journeys = paths.reduce((sum, path) => sum + path.journeys, 0);
  console.log(`  ${journeys} journeys on ${paths.length} paths: seven models in ${(seconds * 1000).toFixed(1)} ms`);
  const reference = runReference(paths);
  if (typeof reference === 'string') {
    console.log(`  the comparison is left out: ${reference}`);
    return;
  }
  console.table([
    { what: 'first, last, linear: seconds of ChannelAttribution', value: reference.secondsHeuristic },
    { what: 'Markov: seconds of ChannelAttribution', value: reference.secondsMarkov },
    { what: 'first touch: greatest difference in conversions', value: gap(reference, credits, 'first_touch') },
    { what: 'last touch: greatest difference', value: gap(reference, credits, 'last_touch') },
    { what: 'linear: greatest difference', value: gap(reference, credits, 'linear', 'linear_touch') },
    {
      what: 'removal effects: greatest difference (its are simulated, ours exact)',
      value: Math.max(
        ...reference.effects.map((one) => Math.abs(one.removal_effect - (effects.get(one.channel_name) ?? 0))),
      ),
    },
  ]);
}

async function demoPaths(customers: number): Promise<Path[]> {
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url, customers });
    return await withConnection(postgres.url, (client) =>
      readJourneys(client, { kind: 'first_payment', lookback: 30 }),
    );
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
  const rows = new Map<string, { path: string; conversions: number; lost: number }>();
  for (const { channels, converts, journeys } of paths) {
    const path = channels.join(' > ');
    const row = rows.get(path) ?? { path, conversions: 0, lost: 0 };
    row[converts ? 'conversions' : 'lost'] += journeys;
    rows.set(path, row);
  }
  const ran = spawnSync(python, [join(import.meta.dirname, 'attribution.py')], {
    input: JSON.stringify([...rows.values()]),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (ran.error !== undefined) return `${python} is not installed`;
  if (ran.status !== 0) {
    const last = ran.stderr.trim().split('\n').at(-1) ?? '';
    return `${python} cannot run it (${last}); pip install ChannelAttribution pandas matplotlib, and set PYTHON`;
  }
  return JSON.parse(ran.stdout) as Reference;
}

if (import.meta.filename === process.argv[1]) await benchAttribution(Number(process.argv[2] ?? 5000));
