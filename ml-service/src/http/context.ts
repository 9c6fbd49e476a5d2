import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import type { Pool } from 'pg';
import type { InterventionCatalogue } from '../interventions/catalogue.ts';
import { NoModelError, type ModelKeeper } from '../serving/model-keeper.ts';
import type { ServedModel } from '../serving/served-model.ts';
import type { ServiceMetrics } from './service-metrics.ts';
import type { Slots } from './slots.ts';

/** What the routes work with. */
export interface ServiceContext {
  readonly database: Pool;
  readonly models: ModelKeeper;
  readonly interventions: InterventionCatalogue;
  readonly batches: Slots;
  readonly metrics: ServiceMetrics;
}

/**
 * Runs work with the model that serves.
 * @throws {HttpError} 503 with the reason where there is none
 */
export async function withModel<T>(context: ServiceContext, work: (model: ServedModel) => Promise<T>): Promise<T> {
  try {
    return await context.models.use(work);
  } catch (error) {
    if (error instanceof NoModelError) throw new HttpError(503, error.message, { retryAfter: 30 });
    throw error;
  }
}
