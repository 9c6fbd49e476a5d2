import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { alertServiceAddress, startAlertService, waitForAlertService } from './alert-process.ts';
import { bringUpChurn } from './churn/bring-up.ts';
import { HOST, statePaths, type StackConfig } from './config.ts';
import { closeMonths } from './closing/close-months.ts';
import { cubeAddress, cubeMode, startCube, waitForCube } from './cube-process.ts';
import {
  checkReader,
  ensureAlertWriter,
  ensureAuditWriter,
  ensureCohortWriter,
  ensureReader,
} from './database-roles.ts';
import { fillIfEmpty } from './demo-step.ts';
import { bringUpGrafana, obtainGrafana } from './grafana/bring-up.ts';
import { startEmbedded } from './postgres/embedded.ts';
import { checkOwnDatabase } from './postgres/own-database.ts';
import { embeddedUrl, waitForServer } from './postgres/server.ts';
import type { Progress } from './progress.ts';
import type { RunningStack } from './running-stack.ts';
import type { Secrets } from './secrets.ts';
import { bringUpWorkbench } from './workbench/bring-up.ts';

export interface BringUp {
  config: StackConfig;
  secrets: Secrets;
  stack: RunningStack;
  progress: Progress;
  signal: AbortSignal;
}

/** Starts everything, and returns when it answers. */
export async function bringUp(context: BringUp): Promise<void> {
  const { config, stack, progress, signal } = context;
  // The download, if one is needed, goes on beside.
  const grafana = obtainGrafana(context);
  // Its error is met below; until then it must not count as unhandled.
  grafana?.catch(() => undefined);
  const databaseUrl = await bringUpDatabase(context);
  const { readerUrl, cohortsUrl, auditUrl, alertsUrl } = await prepareDatabase(context, databaseUrl);
  // Cube keeps answers: it starts when the data is complete, never on half of it.
  await progress.step(
    'Cube',
    async () => {
      const cube = await startCube({
        databaseUrl: readerUrl,
        cohortsUrl,
        auditUrl,
        port: config.ports.cube,
        secret: context.secrets.cubeApiSecret,
        logsDir: statePaths(config.dataDir).logs,
      });
      stack.add('cube', cube);
      signal.throwIfAborted();
      await waitForCube(cube, config.ports.cube);
    },
    () => `${cubeAddress(config.ports.cube)} (${cubeMode()} mode)`,
  );
  void closeDueMonths(context, databaseUrl);
  if (alertsUrl !== undefined) await bringUpAlertService(context, alertsUrl);
  const mlUrl = config.churn.wanted ? await bringUpChurn(context, databaseUrl) : undefined;
  // Last: building the plugin would slow down all before it, and alert rules ask Cube at once.
  const found = await grafana;
  signal.throwIfAborted();
  const services = {
    ...(alertsUrl !== undefined && { alertsUrl: alertServiceAddress(config.ports.alerts) }),
    ...(mlUrl !== undefined && { mlUrl }),
  };
  if (found) await bringUpGrafana(context, found, services);
  else if (config.grafana.wanted) await bringUpWorkbench(context);
}

/** Closes the months that are due, beside all else; what goes wrong is told and tried again at the next start. */
async function closeDueMonths({ config, secrets, progress, signal }: BringUp, databaseUrl: string): Promise<void> {
  try {
    const closed = await closeMonths({
      cubeUrl: cubeAddress(config.ports.cube),
      secret: secrets.cubeApiSecret,
      databaseUrl,
    });
    if (closed.length > 0) progress.note(`  Months closed: ${closed.join(', ')}`);
  } catch (error) {
    if (signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    progress.note(`  No month was closed (${why}): npm run close-month tries again.`);
  }
}

/** @returns the owner's connection */
async function bringUpDatabase({ config, secrets, stack, progress, signal }: BringUp): Promise<string> {
  const own = config.databaseUrl;
  if (own !== undefined) {
    await progress.step(
      'Postgres',
      () => checkOwnDatabase(own),
      (version) => `${version}, your own (DATABASE_URL)`,
    );
    return own;
  }
  const { postgres: port } = config.ports;
  const { postgres: dir, logs: logsDir } = statePaths(config.dataDir);
  await progress.step(
    'Postgres',
    async () => {
      const server = await startEmbedded({ dir, port, password: secrets.postgresPassword, logsDir, signal });
      stack.add('postgres', server);
      signal.throwIfAborted();
      return waitForServer(server, port, secrets.postgresPassword);
    },
    (version) => `${version}, embedded, ${HOST}:${port}`,
  );
  return embeddedUrl(port, secrets.postgresPassword);
}

async function bringUpAlertService(context: BringUp, databaseUrl: string): Promise<void> {
  const { config, secrets, stack, progress, signal } = context;
  const { alertQueue: queueDir, logs: logsDir } = statePaths(config.dataDir);
  const { alerts: port } = config.ports;
  await progress.step(
    'Alert service',
    async () => {
      const service = await startAlertService({ databaseUrl, port, queueDir, secrets, logsDir });
      stack.add('alerts', service, { alerts: { url: alertServiceAddress(port) } });
      signal.throwIfAborted();
      await waitForAlertService(service, port);
    },
    () => alertServiceAddress(port),
  );
}

/** @returns the connections of Cube, to read, to save cohorts and to record queries, and of the alert service */
async function prepareDatabase({ config, secrets, progress, signal }: BringUp, databaseUrl: string) {
  signal.throwIfAborted();
  await progress.step('Migrations', () => migrate(databaseUrl));
  signal.throwIfAborted();
  const readerUrl = config.cubeDatabaseUrl ?? (await ensureReader(databaseUrl, secrets.cubeReaderPassword));
  if (config.cubeDatabaseUrl !== undefined) await checkReader(config.cubeDatabaseUrl);
  // Whoever made Cube's role themselves may be unable to make another: then theirs is to make, too.
  const cohortsUrl =
    config.cubeDatabaseUrl === undefined
      ? await ensureCohortWriter(databaseUrl, secrets.cohortWriterPassword)
      : process.env['CUBE_COHORTS_DATABASE_URL'];
  const auditUrl =
    config.cubeDatabaseUrl === undefined
      ? await ensureAuditWriter(databaseUrl, secrets.auditWriterPassword)
      : process.env['CUBE_AUDIT_DATABASE_URL'];
  const alertsUrl =
    process.env['ALERT_DATABASE_URL'] ??
    (config.cubeDatabaseUrl === undefined
      ? await ensureAlertWriter(databaseUrl, secrets.alertWriterPassword)
      : undefined);
  if (alertsUrl === undefined) progress.note('  The alert service is left out: set ALERT_DATABASE_URL to its role.');
  await progress.step(
    'Demo data',
    () => fillIfEmpty(databaseUrl, config.demo, progress.note),
    (what) => what,
  );
  signal.throwIfAborted();
  return { readerUrl, cohortsUrl, auditUrl, alertsUrl };
}
