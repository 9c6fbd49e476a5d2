// npm run status: what runs and what the database holds; ends with 0 when everything that was started is up, else with 1.
import { resolveDatabaseUrl } from '@fair-underwriting/database/contract/connection.ts';
import { isRunning } from '../bin/process-identity.mjs';
import { lockHolder } from '../bin/pid-lock.mjs';
import { dataDir, statePaths } from './config.ts';
import { cubeMode } from './cube-process.ts';
import { describeDatabase } from './database-facts.ts';
import { answers } from './health.ts';
import { readOptions } from './options.ts';
import { readRunRecord, type Part, type RunRecord } from './run-file.ts';
import { explain } from './user-error.ts';

try {
  readOptions('npm run status\n\nShows what runs, where, and what the database holds.');
  process.exitCode = await status();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function status(): Promise<number> {
  const paths = statePaths(dataDir());
  const main = lockHolder(paths.lock);
  const record = readRunRecord(paths.run);
  if (!record) {
    console.log('Nothing is running: npm start starts it.');
    return 1;
  }
  if (!main) console.log('The stack was killed: npm start cleans up after it, npm run stop stops what is left.');
  else console.log(record.ready ? `Running since ${record.startedAt} (process ${main.pid}).` : 'Starting ...');

  const database = await describeDatabase(resolveDatabaseUrl()).catch((error: unknown) => explain(error));
  const answering = typeof database !== 'string';
  const cube = await answers(`${record.cube.url}/readyz`);
  const grafana = record.grafana && (await answers(`${record.grafana.url}/api/health`));
  const alerts = record.alerts && (await answers(`${record.alerts.url}/readyz`));
  const churn = record.churn && (await answers(`${record.churn.url}/livez`));
  const { database: where } = record;
  print(
    'Postgres',
    answering,
    where.embedded ? `${where.host}:${where.port}` : 'your own (DATABASE_URL)',
    processOf(record, 'postgres'),
  );
  print('Cube', cube, `${record.cube.url} (${cubeMode()} mode)`, processOf(record, 'cube'));
  if (record.churn) print('Churn', churn === true, await churnState(record.churn.url), processOf(record, 'churn'));
  if (record.alerts) print('Alerts', alerts === true, record.alerts.url, processOf(record, 'alerts'));
  if (record.grafana) print('Grafana', grafana === true, record.grafana.url, processOf(record, 'grafana'));
  else console.log('  Grafana   not part of this run');
  if (record.workbench) {
    print('Panels', await answers(record.workbench.url), record.workbench.url, processOf(record, 'workbench'));
  }
  console.log(answering ? database.join('\n') : `  ${database}`);
  return main && answering && cube && churn !== false && alerts !== false && grafana !== false ? 0 : 1;
}

function print(name: string, healthy: boolean, where: string, pid: string): void {
  console.log(`  ${name.padEnd(9)} ${healthy ? 'up  ' : 'DOWN'}  ${where}${pid}`);
}

/** The address of the churn service, and where it says why it cannot predict yet. */
async function churnState(url: string): Promise<string> {
  return (await answers(`${url}/readyz`)) ? url : `${url} (no predictions yet: see ${url}/readyz)`;
}

/** The process of a part; one's own database has none here. */
function processOf(record: RunRecord, part: Part): string {
  const recorded = record.parts[part];
  if (!recorded) return '';
  return isRunning(recorded) ? `, process ${recorded.pid}` : `, process ${recorded.pid} has ended`;
}
