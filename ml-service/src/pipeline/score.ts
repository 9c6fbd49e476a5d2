import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { withConnection } from '../connection.ts';
import { readFeatures } from '../features/read.ts';
import { monthEndsFrom, presentSnapshot, type Snapshot } from '../features/snapshots.ts';
import { readInterventionTypes } from '../interventions/catalogue.ts';
import type { InterventionType } from '../interventions/recommend.ts';
import { RegistryError, servingVersion } from '../registry/registry.ts';
import { NoModelError } from '../serving/model-keeper.ts';
import { ServedModel } from '../serving/served-model.ts';
import { countRunBins } from './feature-bins.ts';
import { fillOutcomes } from './outcomes.ts';
import { predictAll, storePredictions } from './predictions.ts';
import { lockRuns, nextCustomers, openRun, publishRun, type Run } from './runs.ts';

export interface ScoringOptions {
  /** Folder of the model folders. */
  readonly folder: string;
  /** Customers that are read, scored and stored at a time. */
  readonly chunk: number;
  /** Threads that score. */
  readonly workers: number;
  /** Also scores the ends of the months since the model's test began, as if it had served then. */
  readonly backfill?: boolean;
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
  /** Ends of earlier months that were scored as well. */
  readonly backfilled: number;
  /** Earlier runs whose outcomes were filled in. */
  readonly outcomes: number;
}

/**
 * Scores all subscribers without notice by the model that serves, once a day, and publishes the predictions when all are
 * there. A run that was broken off is gone on with. Fills in the outcomes of earlier runs as well,
 * and how the features are distributed.
 * @throws {NoModelError} where none serves; {ModelFileError} where its files are damaged; {RegistryError} while another
 * scoring runs.
 */
export function scoreAll(databaseUrl: string, options: ScoringOptions): Promise<ScoringResult> {
  return withConnection(databaseUrl, async (client) => {
    // The lock ends with the connection.
    if (!(await lockRuns(client))) throw new RegistryError('Another scoring runs: wait for it, or stop it.');
    const outcomes = await fillOutcomes(client);
    const version = await servingVersion(client);
    if (version === null) throw new NoModelError('No model yet: npm run train trains one.');
    const model = await ServedModel.load(join(options.folder, version), options.workers);
    try {
      return await withConnection(databaseUrl, async (reader) => {
        const work = { client, reader, model };
        const present = await presentSnapshot(client);
        const past = options.backfill ? await monthEndsFrom(client, model.card.testFrom) : [];
        let backfilled = 0;
        for (const snapshot of past.filter(({ day }) => day < present.day)) {
          // Nobody can act on what was not known then, and nobody is to be blamed for it when impact is measured.
          const { existed } = await scoreDay({ ...work, snapshot, types: [] }, options);
          if (!existed) backfilled++;
        }
        const types = await readInterventionTypes(client);
        const today = await scoreDay({ ...work, snapshot: present, types }, options);
        const filled = outcomes + (await fillOutcomes(client));
        await countRunBins(client);
        return { version, day: present.day, ...today, backfilled, outcomes: filled };
      });
    } finally {
      await model.retire();
    }
  });
}

interface Work {
  readonly client: ClientBase;
  /** Reads ahead of what is being stored. */
  readonly reader: ClientBase;
  readonly model: ServedModel;
  readonly snapshot: Snapshot;
  /** What may be proposed. */
  readonly types: readonly InterventionType[];
}

async function scoreDay(work: Work, options: ScoringOptions): Promise<{ customers: number; existed: boolean }> {
  const { client, model, snapshot } = work;
  const run = await openRun(client, model.card.version, snapshot);
  if (run.isPublished) return { customers: await publishedCustomers(client, run), existed: true };
  await scoreRun(work, run, options);
  return { customers: await publishRun(client, run), existed: false };
}

async function scoreRun(work: Work, run: Run, { chunk, signal, log }: ScoringOptions): Promise<void> {
  const { client, reader, model, types } = work;
  if (run.lastCustomer !== null) log('going on with the scoring that was broken off');
  let stored = 0;
  let next = readChunk(reader, run, run.lastCustomer, chunk);
  for (;;) {
    const { last, customers } = await next;
    if (last === null) return;
    signal?.throwIfAborted();
    // The database reads the next ones while these are scored here.
    next = readChunk(reader, run, last, chunk);
    try {
      await storePredictions(client, run, model.card.version, await predictAll(model, run, customers, types));
    } catch (error) {
      // It fails for the same reason, or nobody wants it any more.
      await next.catch(() => undefined);
      throw error;
    }
    stored += customers.length;
    log(`scored ${stored} customers as of ${run.day}`);
  }
}

/** The next customers with what is known of them; `last` is null where there are no more. */
async function readChunk(client: ClientBase, run: Run, after: string | null, most: number) {
  const ids = await nextCustomers(client, run, after, most);
  const customers = ids.length === 0 ? [] : await readFeatures(client, run.snapshot, ids);
  return { last: ids.at(-1) ?? null, customers };
}

async function publishedCustomers(client: ClientBase, run: Run): Promise<number> {
  const { rows } = await client.query<{ customers: number }>('select customers from churn_runs where id = $1', [
    run.id,
  ]);
  return rows[0].customers;
}
