// npm run reset: stops the stack and removes its data. The secrets stay, so that tokens and logins go on working.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { loadConfig, statePaths } from './config.ts';
import { dropOwnData } from './drop-own-data.ts';
import { readOptions } from './options.ts';
import { stopRunning } from './stop-running.ts';
import { explain, UserError } from './user-error.ts';

const USAGE = `npm run reset [-- --yes] [--yes-drop-my-data]

Stops the stack and removes the embedded database, Grafana's data and the logs, after asking.
  --yes               do not ask
  --yes-drop-my-data  with DATABASE_URL: drop this product's schemas there, too`;

try {
  await reset();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function reset(): Promise<void> {
  const options = readOptions(USAGE, ['yes', 'yes-drop-my-data']);
  const { dataDir, databaseUrl } = loadConfig();
  const paths = statePaths(dataDir);
  const removed = [paths.postgres, paths.grafana, paths.alertQueue, paths.models, paths.logs];
  const ownDatabase = databaseUrl !== undefined && options['yes-drop-my-data'];
  console.log(`This stops the stack and removes:\n${removed.map((path) => `  ${path}`).join('\n')}`);
  if (ownDatabase)
    console.log('  in the database of DATABASE_URL: the schemas public, reporting, rollups and reporting_meta');
  if (databaseUrl !== undefined && !ownDatabase) {
    console.log('The database of DATABASE_URL is left alone; --yes-drop-my-data drops its data too.');
  }
  if (!options.yes && !(await confirmed())) throw new UserError('Nothing was removed.');
  await stopRunning(paths);
  for (const path of removed) rmSync(path, { recursive: true, force: true });
  if (ownDatabase) await dropOwnData(databaseUrl);
  console.log(`Removed. The secrets in ${paths.secrets} stay.`);
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UserError('There is no one to ask: add --yes (npm run reset -- --yes).');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('Type yes to go on: ')).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
