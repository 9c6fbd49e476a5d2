import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { readFeatures } from '../features/read.ts';
import { readInterventionTypes } from '../interventions/catalogue.ts';
import { RegistryError, servingVersion } from '../registry/registry.ts';
import { NoModelError } from '../serving/model-keeper.ts';
import { ServedModel } from '../serving/served-model.ts';
import { fillOutcomes } from './outcomes.ts';
import { predictAll, storePredictions } from './predictions.ts';
import { lockRuns, nextCustomers, openRun, publishRun, unlockRuns, type Run } from './runs.ts';

export interface ScoringOptions {
  /** Folder of the model folders. */
  readonly folder: string;
  /** Customers that are read, scored and stored at a time. */
  readonly chunk: number;
  /** Threads that score. */
  readonly workers: number;
  /** Aborting it keeps the chunks that are stored; the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** Progress in words. */
  readonly log: (line: string) => void;
}

export interface ScoringResult {
  readonly version: string;
  readonly day: string;
  /** Number of predictions. */
  readonly customers: number;
  /** Today's predictions of this model were there before. */
  readonly existed: boolean;
  /** Earlier runs whose outcomes were filled in. */
  readonly outcomes: number;
}

/**
 * Scores all subscribers without notice by the model that serves, once a day, and publishes the predictions when all are
 * there. A run that was broken off is gone on with. Fills in the outcomes of earlier runs as well.
 * @throws {NoModelError} where none serves; {ModelFileError} where its files are damaged; {RegistryError} while another
 * scoring runs.
 */
export async function scoreAll(client: ClientBase, options: ScoringOptions): Promise<ScoringResult> {
  if (!(await lockRuns(client))) throw new RegistryError('Another scoring runs: wait for it, or stop it.');
  try {
    const outcomes = await fillOutcomes(client);
    const version = await servingVersion(client);
    if (version === null) throw new NoModelError('No model yet: npm run train trains one.');
    const run = await openRun(client, version);
    const counted = { version, day: run.day, outcomes };
    if (run.isPublished) return { ...counted, customers: await publishedCustomers(client, run), existed: true };
    const model = await ServedModel.load(join(options.folder, version), options.workers);
    try {
      await scoreRun(client, model, run, options);
    } finally {
      await model.retire();
    }
    return { ...counted, customers: await publishRun(client, run), existed: false };
  } finally {
    await unlockRuns(client);
  }
}

async function scoreRun(client: ClientBase, model: ServedModel, run: Run, options: ScoringOptions): Promise<void> {
  const { chunk, signal, log } = options;
  const types = await readInterventionTypes(client);
  if (run.lastCustomer !== null) log('going on with the scoring that was broken off');
  let stored = 0;
  for (let after = run.lastCustomer; ;) {
    signal?.throwIfAborted();
    const ids = await nextCustomers(client, run, after, chunk);
    if (ids.length === 0) return;
    const customers = await readFeatures(client, run.snapshot, ids);
    await storePredictions(client, run, model.card.version, await predictAll(model, run, customers, types));
    stored += customers.length;
    log(`scored ${stored} customers`);
    after = ids[ids.length - 1];
  }
}

async function publishedCustomers(client: ClientBase, run: Run): Promise<number> {
  const { rows } = await client.query<{ customers: number }>('select customers from churn_runs where id = $1', [
    run.id,
  ]);
  return rows[0].customers;
}
