// Cube's configuration. Settings that Cube reads from the environment only are in src/environment.ts.
import { checkAuthWith, checkSqlAuthWith, contextToApiScopes, contextToGroups } from './src/auth/cube-auth.ts';
import { databaseDriver, longestBuild } from './src/database.ts';
import { apiSecret, rollupRenewal, rollupsAreOn, timeZones, wholeNumber } from './src/environment.ts';
import { queryRewrite } from './src/guard/rewrite.ts';
import { logEvent } from './src/log.ts';
import { modelFolder } from './src/model-folder.ts';
import { built, rollupSchema } from './src/rollups/built.ts';
import { dialectWith } from './src/rollups/dialect.ts';

const { env } = process;
const dialect = dialectWith((rollup) => built.has(rollup), rollupRenewal(env));

export default {
  schemaPath: modelFolder(env),
  driverFactory: () => databaseDriver(env),
  dialectFactory: () => dialect,
  apiSecret: apiSecret(env),
  preAggregationsSchema: rollupSchema,
  // One rollup at a time, and with more time than a caller's question gets.
  orchestratorOptions: {
    preAggregationsOptions: { queueOptions: { concurrency: 1, executionTimeout: longestBuild } },
  },
  // Queries whose SQL is remembered: every panel, for each set of roles that looks at it.
  compilerCacheSize: 1_000,

  checkAuth: checkAuthWith(() => apiSecret(env)),
  checkSqlAuth: checkSqlAuthWith(() => apiSecret(env)),
  canSwitchSqlUser: () => false,
  contextToGroups,
  contextToApiScopes,
  queryRewrite,

  // Seconds between looks for rollups to refresh; 0 leaves that to another process.
  scheduledRefreshTimer: rollupsAreOn(env) ? wholeNumber(env, 'CUBE_REFRESH_SECONDS', 30, 0, 86_400) : 0,
  // A function: the zones are known only once the database has been asked.
  scheduledRefreshTimeZones: () => {
    const zones = timeZones(env);
    return zones.length > 0 ? zones : ['UTC'];
  },

  telemetry: false,
  logger: logEvent,
};
