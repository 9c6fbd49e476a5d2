import { Counter, Gauge, type Registry } from 'prom-client';

/** What the service counts besides its requests. */
export interface ServiceMetrics {
  /** Rows scored, by kind of request. */
  readonly scored: Counter<'kind'>;
  /** 1 for the version that serves. */
  readonly model: Gauge<'version'>;
  /** Promoted models that could not be used. */
  readonly refusedModels: Counter;
}

export function createServiceMetrics(registry: Registry): ServiceMetrics {
  const registers = [registry];
  return {
    scored: new Counter({ name: 'ml_scores_total', help: 'Rows scored.', labelNames: ['kind'], registers }),
    model: new Gauge({
      name: 'ml_model_info',
      help: '1 for the version of the model that serves.',
      labelNames: ['version'],
      registers,
    }),
    refusedModels: new Counter({
      name: 'ml_models_refused_total',
      help: 'Promoted models that were damaged or of another format.',
      registers,
    }),
  };
}
