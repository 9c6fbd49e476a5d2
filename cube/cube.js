// Cube's configuration. Settings that Cube reads from the environment only are in src/environment.ts.
import { checkAuthWith, checkSqlAuthWith, contextToApiScopes, contextToGroups } from './src/auth/cube-auth.ts';
import { databaseConnection } from './src/database.ts';
import { apiSecret, timeZones, wholeNumber } from './src/environment.ts';
import { queryRewrite } from './src/guard/rewrite.ts';
import { logEvent } from './src/log.ts';
import { modelFolder } from './src/model-folder.ts';
import { ReaderDriver } from './src/reader-driver.ts';

const { env } = process;

export default {
  schemaPath: modelFolder(env),
  driverFactory: ({ dataSource, preAggregations }) =>
    new ReaderDriver({ ...databaseConnection(env), dataSource, preAggregations }),
  apiSecret: apiSecret(env),
  preAggregationsSchema: 'rollups',

  checkAuth: checkAuthWith(() => apiSecret(env)),
  checkSqlAuth: checkSqlAuthWith(() => apiSecret(env)),
  canSwitchSqlUser: () => false,
  contextToGroups,
  contextToApiScopes,
  queryRewrite,

  // Seconds between looks for rollups to refresh; 0 leaves that to another process.
  scheduledRefreshTimer: wholeNumber(env, 'CUBE_REFRESH_SECONDS', 30, 0, 86_400),
  // A function: the zones are known only once the database has been asked.
  scheduledRefreshTimeZones: () => {
    const zones = timeZones(env);
    return zones.length > 0 ? zones : ['UTC'];
  },

  telemetry: false,
  logger: logEvent,
};
