import { createApplication } from '@fair-underwriting/http-service/src/application.ts';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import pg from 'pg';
import { Registry } from 'prom-client';
import { InterventionCatalogue } from '../interventions/catalogue.ts';
import { servingVersion } from '../registry/registry.ts';
import { ModelKeeper } from '../serving/model-keeper.ts';
import type { ServiceContext } from './context.ts';
import { churnRoutes } from './routes/churn.ts';
import { interventionRoutes } from './routes/interventions.ts';
import { scoreRoutes } from './routes/scores.ts';
import { whatIfRoutes } from './routes/what-if.ts';
import { createServiceMetrics } from './service-metrics.ts';
import type { ServiceSettings } from './settings.ts';
import { Slots } from './slots.ts';

const batchesAtOnce = 2;

export interface ChurnService {
  readonly app: FastifyInstance;
  readonly models: ModelKeeper;
}

/** The service, not listening yet. Closing the application closes all it holds. */
export function createService(
  settings: Omit<ServiceSettings, 'host' | 'port' | 'reloadSeconds'>,
  logger: FastifyServerOptions['logger'] = false,
): ChurnService {
  const database = new pg.Pool({
    connectionString: settings.databaseUrl,
    max: 10,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 10_000,
    application_name: 'ml-service',
  });
  const registry = new Registry();
  const metrics = createServiceMetrics(registry);
  const models = new ModelKeeper({
    folder: settings.modelFolder,
    readVersion: () => servingVersion(database),
    workers: settings.workers,
    onEvent: (event) => {
      if (event.kind === 'serving') {
        metrics.model.reset();
        metrics.model.set({ version: event.version }, 1);
        app.log.info({ version: event.version }, 'model serves');
      } else {
        metrics.refusedModels.inc();
        app.log.error({ version: event.version, reason: event.reason }, 'model refused');
      }
    },
  });
  const context: ServiceContext = {
    database,
    models,
    interventions: new InterventionCatalogue(database),
    batches: new Slots(batchesAtOnce),
    metrics,
  };
  const app = createApplication({
    title: 'Churn predictions',
    description: 'How likely subscribers are to leave within 90 days, why, and what may keep them.',
    tokenSecret: settings.tokenSecret,
    readiness: () => unready(context),
    metrics: registry,
    logger,
    routes: (routes) => {
      for (const add of [churnRoutes, scoreRoutes, whatIfRoutes, interventionRoutes]) add(routes, context);
    },
  });
  // An idle connection that breaks is replaced; without a listener it would end the process.
  database.on('error', (error) => app.log.warn({ name: error.name }, 'database connection lost'));
  app.addHook('onClose', async () => {
    await models.close();
    await database.end();
  });
  return { app, models };
}

/** Why the service cannot predict now; undefined when it can. */
async function unready({ database, models }: ServiceContext): Promise<string | undefined> {
  try {
    await database.query('select from churn_models limit 1');
  } catch {
    return 'The database cannot be reached, or npm run migrate is to be run first.';
  }
  if (models.version !== undefined) return undefined;
  return models.problem ?? 'No model yet: npm run train trains one.';
}
