// npm start: brings everything up, stays in the foreground, and stops everything when asked to.
// Ends with 0 when it was stopped or already runs, with 1 when something went wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import { releaseLock, takeLock } from '../bin/pid-lock.mjs';
import { bringUp } from './bring-up.ts';
import { loadConfig, statePaths, type Ports, type StackConfig } from './config.ts';
import { readOptions } from './options.ts';
import { assertPortsFree } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { readRunRecord } from './run-file.ts';
import { RunningStack } from './running-stack.ts';
import { loadOrCreateSecrets } from './secrets.ts';
import { explainFailure, prepareStateFolder } from './state-folder.ts';
import { stopLeftovers } from './stop-parts.ts';
import { stopRequest } from './stop-request.ts';
import { plannedRecord, summary } from './summary.ts';
import { explain } from './user-error.ts';

/** Milliseconds that an interrupted start gets to give up by itself. */
const SETTLE = 5_000;
/** Milliseconds in which the end of a part is noticed after the errors that it makes. */
const NOTICE = 500;

const began = performance.now();
const request = stopRequest();
// A terminal that was closed takes no more lines; that is no reason to leave processes behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  readOptions('npm start\n\nStarts everything on this machine. Settings are environment variables: see README.md.');
  process.exitCode = await start(loadConfig(), createProgress());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
process.exit();

async function start(config: StackConfig, progress: Progress): Promise<number> {
  const paths = statePaths(config.dataDir);
  prepareStateFolder(config.dataDir);
  if (takeLock(paths.lock)) {
    tellItRuns(config, progress);
    return 0;
  }
  try {
    if (await stopLeftovers(paths.run)) progress.note('The last run was not stopped properly: cleaned up after it.');
    await assertPortsFree(config.ports, portsNeeded(config));
    const secrets = loadOrCreateSecrets(paths.secrets);
    const stack = new RunningStack(config.dataDir, paths.run, plannedRecord(config));
    progress.note('Starting ...');
    const coming = bringUp({ config, secrets, stack, progress, signal: request.signal });
    try {
      return await serve(config, progress, stack, coming);
    } catch (error) {
      // Said before the stopping frees what the disk lacked.
      console.error(explainFailure(error, config.dataDir, await stack.failureWithin(NOTICE)));
      return 1;
    } finally {
      await shutDown(stack, progress, coming);
    }
  } finally {
    releaseLock(paths.lock);
  }
}

/** Waits for the end, wished or not. */
async function serve(config: StackConfig, progress: Progress, stack: RunningStack, coming: Promise<void>) {
  const requested = await Promise.race([coming.then(() => false), request.made.then(() => true)]);
  if (!requested) {
    stack.markReady();
    const record = readRunRecord(statePaths(config.dataDir).run);
    progress.note(`\nReady in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    if (record) summary(config, record).forEach(progress.note);
    progress.note('Ctrl-C stops everything.');
    const failed = await Promise.race([stack.firstFailure(), request.made]);
    if (failed !== undefined) {
      console.error(failed);
      return 1;
    }
  }
  return 0;
}

async function shutDown(stack: RunningStack, progress: Progress, coming: Promise<void>): Promise<void> {
  request.abort();
  progress.note('\nStopping ...');
  const told = (part: string, byForce: boolean) => progress.note(`  ${part} stopped${byForce ? ' by force' : ''}`);
  await stack.stop(told);
  // What was just being started when the stop came.
  await Promise.race([coming.catch(() => undefined), sleep(SETTLE)]);
  await stack.stop();
  await stack.close();
}

function portsNeeded(config: StackConfig): (keyof Ports)[] {
  const needed: (keyof Ports)[] = ['cube', 'alerts'];
  if (config.databaseUrl === undefined) needed.push('postgres');
  if (config.churn.wanted) needed.push('churn');
  if (config.grafana.wanted) needed.push('grafana');
  return needed;
}

function tellItRuns(config: StackConfig, progress: Progress): void {
  const record = readRunRecord(statePaths(config.dataDir).run);
  progress.note(record?.ready ? 'It is already running:' : 'It is already starting in another terminal.');
  if (record?.ready) summary(config, record).forEach(progress.note);
  progress.note('npm run stop stops it.');
}
