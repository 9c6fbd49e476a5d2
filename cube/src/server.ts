import http from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { dirname, join } from 'node:path';
import express from 'express';
import type { CreateOptions, CubejsServerCore } from '@cubejs-backend/server-core';
import type { Identity } from './auth/verify.ts';
import {
  apiSecret,
  applyCubeDefaults,
  fromFileOrValue,
  listenHost,
  rollupsAreOn,
  SettingError,
  timeZones,
  wholeNumber,
} from './environment.ts';
import { logEvent } from './log.ts';
import { readPresent, type Present } from './present.ts';
import { readReportingZone } from './reporting-zone.ts';
import { watchDatabase } from './watch.ts';

const cubeFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Milliseconds that running requests get when the process is told to stop. */
const grace = 2_000;
/** Milliseconds between looks at what is reported on and at which rollups are there. */
const watchEvery = 2_000;

applyCubeDefaults(process.env);
// Relative paths of the model and of Cube's own lookups start in the folder of cube.js.
process.chdir(cubeFolder);

try {
  await serve();
} catch (error) {
  logEvent('Cube did not start', { error: error instanceof SettingError ? error.message : error });
  process.exit(1);
}

async function serve(): Promise<void> {
  // After the defaults: Cube reads some of them while its modules load.
  const { CubeCore } = await import('./cube-core.ts');
  const { getEnv } = await import('@cubejs-backend/shared');
  const { default: options } = (await import(
    pathToFileURL(join(cubeFolder, 'cube.js')).href
  )) as typeof import('../cube.js');
  const { guard, lastResort } = await import('./guard/middleware.ts');
  const { cohortRoutes } = await import('./cohorts/routes.ts');
  const { CohortStore } = await import('./cohorts/store.ts');
  const { AuditRecord } = await import('./audit/record.ts');
  const { onSqlApiQuery } = await import('./audit/sql-api.ts');
  const { sweepQueryCache } = await import('./cache/sweep.ts');
  const { readerUrl } = await import('./database.ts');
  const { built } = await import('./rollups/built.ts');

  const host = listenHost(process.env, 'CUBE_HOST');
  const port = wholeNumber(process.env, 'CUBE_PORT', 4000, 1, 65_535);
  process.env['CUBE_TIME_ZONES'] ??= (await readReportingZone(process.env)) ?? '';
  const core = new CubeCore(options);
  let present: Present | undefined;
  const stopWatch = watchDatabase(readerUrl(process.env), watchEvery, async (client) => {
    if (rollupsAreOn(process.env)) await built.look(client);
    present = await readPresent(client);
  });
  const app = express().disable('x-powered-by');
  const compiler = (context: { securityContext: Identity }) => core.getCompilerApi({ ...context, requestId: 'guard' });
  const cohortsUrl = fromFileOrValue(process.env, 'CUBE_COHORTS_DATABASE_URL');
  const cohorts = cohortsUrl ? new CohortStore(cohortsUrl) : undefined;
  const auditUrl = fromFileOrValue(process.env, 'CUBE_AUDIT_DATABASE_URL');
  const audit = auditUrl ? new AuditRecord({ connectionString: auditUrl }) : undefined;
  onSqlApiQuery((entries) => audit?.add(entries));
  app.use('/fua/cohorts', cohortRoutes({ secret: apiSecret(process.env), store: cohorts, compiler }));
  app.use(
    guard({
      secret: apiSecret(process.env),
      bodyLimit: getEnv('maxRequestSize') as number,
      timeZones: timeZones(process.env),
      present: () => present,
      compiler,
      ...(audit && { audit: (entries) => audit.add(entries) }),
    }),
  );
  await core.initApp(app);
  // A model that does not compile should stop the start, not the first query.
  await (await core.getCompilerApi({ securityContext: {}, requestId: 'start' })).compilerId();
  app.use(lastResort);
  await startSqlApi(core, options);

  const server = http.createServer(app);
  // Longer than callers keep idle connections, so that none reuses one that is just being closed.
  server.keepAliveTimeout = 120_000;
  const stopSweep = sweepQueryCache(wholeNumber(process.env, 'CUBE_CACHE_MB', 128, 1, 65_536) * 1_048_576);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  logEvent('Cube listening', { port });

  const stop = async () => {
    // Nothing may keep the process: it ends after the grace whatever still runs.
    setTimeout(() => process.exit(0), grace + 1_000).unref();
    stopSweep();
    stopWatch();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), grace).unref();
    await Promise.allSettled([closed, core.beforeShutdown()]);
    await Promise.all([cohorts?.close(), audit?.close()]);
    await core.shutdown();
    logEvent('Cube stopped', {});
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}

/** The SQL API speaks the Postgres protocol where CUBE_SQL_PORT is set; only the native add-on can. */
async function startSqlApi(core: CubejsServerCore, options: CreateOptions): Promise<void> {
  const pgSqlPort = wholeNumber(process.env, 'CUBE_SQL_PORT', 0, 0, 65_535);
  if (pgSqlPort === 0) return;
  const { isFallbackBuild } = await import('@cubejs-backend/native');
  if (isFallbackBuild()) {
    logEvent('SQL API', {
      warning: "The SQL API needs Cube's native add-on, which is not installed here: it stays off.",
    });
    return;
  }
  await core.initSQLServer().init({ ...options, pgSqlPort });
}
