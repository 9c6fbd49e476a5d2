import { setTimeout as sleep } from 'node:timers/promises';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { benchModels } from '@fair-underwriting/ml-service/bench/models.ts';
import pg from 'pg';
import { whenBuilt } from '../rollups/support/model-rollups.ts';
import { startCube } from '../support/cube.ts';
import { missing } from '../grafana/support/slice.ts';
import { startPostgres } from '../support/postgres.ts';
import { benchAlerts } from './alerts.ts';
import { benchAttribution } from './attribution.ts';
import { bundleSizes } from './bundles.ts';
import { benchDashboards } from './dashboards.ts';
import { benchDataSource, benchFrames } from './data-source.ts';
import { benchChurnService } from './churn-service.ts';
import { benchChurn } from './churn.ts';
import { benchForecasts } from './forecasts.ts';
import { benchImport } from './import.ts';
import { startFullStack } from './full-stack.ts';
import { benchNotify } from './notify.ts';
import { startOnDatabase } from './on-database.ts';
import { benchPanels } from './panels.ts';
import { treeMemory } from './process-tree.ts';
import { benchQueries } from './queries.ts';
import { benchRollups } from './rollups.ts';
import { benchScale } from './scale.ts';
import { benchStart } from './start.ts';

// `npm run bench`: the product beside what one would use instead, in one run on one machine; `npm run bench -- models
// churn` runs these parts alone. Nothing here passes or fails a test: times belong to the machine that they were taken on.
// A million customers take an hour and 30 GB of disk, so `scale` runs only by name.
const parts: Record<string, () => Promise<void>> = {
  start: async () => {
    console.log('From nothing to the first REST answer, 5,000 demo customers included');
    console.log(`  ${(await benchStart()).toFixed(1)} s (wanted: at most 45 s)`);
  },
  queries: benchDemoAndQueries,
  rollups: () => benchRollups(),
  import: benchImportOfRows,
  'data-source': async () => {
    const frames = benchFrames();
    console.log(
      'Data source: 100,000 rows from bytes to frames (wanted: at most 150 ms; 50,000 took grafana-cube-datasource 310)',
    );
    console.log(frames === undefined ? '  left out: Go is not installed' : `  ${frames.toFixed(0)} ms`);
    const dataSource = await benchDataSource();
    console.log(
      'Data source in Grafana, medians in ms (wanted: overhead at most 3, 16 at once within 1.3 x of direct)',
    );
    if (typeof dataSource === 'string') console.log(`  left out: ${dataSource}`);
    else console.table(dataSource);
  },
  panels: async () => {
    console.log(
      'Cohort panel in Chromium, milliseconds of scripting (wanted: 36 x 36 at most 50, 120 x 120 at most 200, an update',
    );
    console.log('half of it) and of the longest frame while scrolling (wanted: at most 32)');
    console.table((await benchPanels()) ?? 'left out: there is no Chromium');
    console.log('\nWhat a browser loads of the plugin, gzipped');
    console.table(await bundleSizes());
  },
  dashboards: benchDashboardsAndMemory,
  notify: async () => {
    console.log(
      "From the row that makes a breach to the news of it, in seconds (wanted: the rule's interval, its `for`, and 10)",
    );
    const rules = await benchNotify();
    if (typeof rules === 'string') console.log(`  left out: ${rules}`);
    else {
      const list = (seconds: number[]) => seconds.map((one) => one.toFixed(1)).join(', ');
      console.table(
        rules.map(({ rule, wanted, recorded, told }) => ({
          rule,
          'wanted, at most': wanted,
          'in operational_alerts': list(recorded),
          'people told': list(told),
        })),
      );
    }
  },
  alerts: async () => {
    const { webhooksPerSecond, processor, lost, sent, stored, twice } = await benchAlerts();
    console.log(
      'Alert service, each notification flushed to disk before it is answered (wanted: at least 500/s, none lost or double)',
    );
    console.log(
      `  ${webhooksPerSecond.toFixed(0)} notifications/s, ${lost} lost, ${processor.service.toFixed(2)} ms of processor each ` +
        `(and ${processor.sender.toFixed(2)} to send it); of ${sent} sent while the service and Postgres were killed in ` +
        `turn, ${stored} are in the database, ${twice} twice`,
    );
  },
  attribution: async () => {
    console.log('Attribution in seven models beside ChannelAttribution (PyPI) on the same paths');
    await benchAttribution(5_000);
  },
  models: benchModels,
  churn: () => benchChurn(20_000),
  'churn-service': async () => {
    console.log(
      'Churn service, a forest of 100 trees of depth 10 (wanted over HTTP, features given: p99 at most 3 ms)',
    );
    await benchChurnService(5_000);
  },
  forecasts: async () => {
    console.log(
      'Forecasts: mean absolute scaled error (MASE) on the same origins, and how often intervals held what came',
    );
    await benchForecasts(2_000);
  },
  scale: benchScale,
};
const onlyByName = ['scale'];

// The hooks of the embedded Postgres listen to the parent, which would keep this process after its last part.
process.channel?.unref();

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 ? !chosen.includes(name) : onlyByName.includes(name)) continue;
  await part();
  console.log();
}

/** Of 5,000 demo customers, or on the database of BENCH_DATABASE_URL. */
async function benchDashboardsAndMemory(): Promise<void> {
  console.log(
    'Each dashboard in a real Grafana, seconds to all panels drawn (wanted at 1,000,000 customers: cold at most',
  );
  console.log('2.5, warm at most 1)');
  const reason = missing();
  if (reason !== undefined) {
    console.log(`  left out: ${reason}`);
    return;
  }
  const own = process.env['BENCH_DATABASE_URL'];
  const stack = own ? await startOnDatabase(own) : await startFullStack();
  const memory = () =>
    console.table(Object.fromEntries(stack.parts.map(([name, pid]) => [name, treeMemory(pid)])), [
      'processes',
      'rss',
      'pss',
    ]);
  try {
    await sleep(30_000);
    console.log('Memory at rest, in MB, before anybody looked');
    memory();
    const times = await benchDashboards(stack);
    if (times === undefined) {
      console.log('  left out: there is no Chromium');
      return;
    }
    console.table(
      times.map(({ cold, warm, byLink, processor, ...rest }) => ({
        ...rest,
        cold: Number(cold.toFixed(2)),
        warm: Number(warm.toFixed(2)),
        'warm, by a link': Number(byLink.toFixed(2)),
        'processor of the stack': Number(processor.stack.toFixed(2)),
        'of the page': Number(processor.page.toFixed(2)),
      })),
    );
    await sleep(30_000);
    console.log('Memory at rest, in MB, afterwards');
    memory();
  } finally {
    await stack.stop();
  }
}

async function benchDemoAndQueries(): Promise<void> {
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    const demo = await generateDemo({ databaseUrl: postgres.url });
    console.log('Demo data, 5,000 customers');
    console.log(
      `  ${demo.rows} rows in ${demo.seconds.toFixed(1)} s, ${Math.round(demo.rows / demo.seconds)} rows/s (wanted: under 20 s)\n`,
    );
    await prepareForCube(postgres.url);
    const tables = await startCube({ databaseUrl: postgres.url });
    const delivered = await startCube({
      databaseUrl: postgres.url,
      env: { CUBE_ROLLUPS: 'on', CUBE_REFRESH_SECONDS: '5' },
    });
    try {
      await whenBuilt(postgres.url);
      console.log(
        "Questions over Cube's REST API beside the same in hand-written SQL, medians in ms; limit: 1.3 x SQL + 15",
      );
      console.table(
        (await benchQueries({ tables, delivered }, postgres.url)).map(({ name, sql, within, ...cube }) => ({
          question: name,
          SQL: Number(sql.toFixed(1)),
          'as delivered': Number(cube.delivered.toFixed(1)),
          'is within': within.delivered,
          'without rollups': Number(cube.tables.toFixed(1)),
          'is within, without': within.tables,
        })),
      );
    } finally {
      await Promise.all([tables.stop(), delivered.stop()]);
    }
  } finally {
    await postgres.stop();
  }
}

/** What the stack's start does for the reader's role; here the owner itself reads. */
async function prepareForCube(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create schema rollups');
  await client.end();
}

async function benchImportOfRows(): Promise<void> {
  const target = await startPostgres();
  try {
    await migrate(target.url);
    const result = await benchImport({ databaseUrl: target.url, rows: 1_000_000 });
    console.log(`Import of ${result.rows} rows beside a plain copy (${result.copyWith}) of the same files`);
    console.log(
      `  ${result.importRowsPerSecond} rows/s against ${result.copyRowsPerSecond}: ratio ${result.ratio.toFixed(2)} ` +
        `(wanted: at least 0.5), memory growth ${Math.round(result.memoryGrowth / 1e6)} MB`,
    );
  } finally {
    await target.stop();
  }
}
