import type { ClientBase, Pool } from 'pg';
import type { Scores } from '../evaluation/scores.ts';

/** Something asked of the registry that cannot be done; the message says why and what to do. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

export interface NewModel {
  readonly version: string;
  readonly kind: 'forest' | 'boosting' | 'logistic';
  readonly usesGenotype: boolean;
  /** Days of the earliest and the latest snapshot. */
  readonly firstSnapshot: string;
  readonly lastSnapshot: string;
  readonly trainingRows: number;
  readonly test: Scores;
  readonly fileSha256: string;
}

export interface RegisteredModel {
  readonly version: string;
  readonly kind: string;
  readonly trainedAt: Date;
  readonly rocAuc: number | null;
  readonly brier: number | null;
  /** When it was last promoted, unless that was rolled back. */
  readonly promotedAt: Date | null;
  readonly isServing: boolean;
}

const serving = `
  select version from churn_model_promotions where rolled_back_at is null order by id desc limit 1`;

/** The version that serves; null while none has been promoted. */
export async function servingVersion(database: ClientBase | Pool): Promise<string | null> {
  const { rows } = await database.query<{ version: string }>(serving);
  return rows[0]?.version ?? null;
}

/** All models, the newest first. */
export async function listModels(database: ClientBase | Pool): Promise<RegisteredModel[]> {
  const { rows } = await database.query<RegisteredModel>(
    `select m.version, m.kind, m.trained_at as "trainedAt", m.roc_auc as "rocAuc", m.brier,
       (select max(p.promoted_at) from churn_model_promotions p where p.version = m.version and p.rolled_back_at is null)
         as "promotedAt",
       m.version is not distinct from (${serving}) as "isServing"
     from churn_models m
     order by m.trained_at desc, m.version`,
  );
  return rows;
}

/** Enters a model whose files are in place. Entering it again changes nothing. */
export async function registerModel(client: ClientBase, model: NewModel): Promise<void> {
  const { version, kind, usesGenotype, firstSnapshot, lastSnapshot, trainingRows, test, fileSha256 } = model;
  await client.query(
    `insert into churn_models (version, kind, uses_genotype, first_snapshot, last_snapshot, training_rows, test_rows,
       test_events, roc_auc, pr_auc, brier, calibration_error, file_sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (version) do nothing`,
    [
      version,
      kind,
      usesGenotype,
      firstSnapshot,
      lastSnapshot,
      trainingRows,
      test.n,
      test.events,
      test.rocAuc,
      test.prAuc,
      test.brier,
      test.calibrationError.value,
      fileSha256,
    ],
  );
}

/**
 * Makes a model the one that serves. Where it serves already, nothing changes.
 * @param check told the version; where it rejects, nothing changes
 * @throws {RegistryError} where the version is not registered.
 */
export async function promoteModel(
  client: ClientBase,
  version: string,
  reason: string,
  check: (version: string) => Promise<unknown>,
): Promise<void> {
  await inTurn(client, async () => {
    const { rowCount } = await client.query('select from churn_models where version = $1', [version]);
    if (rowCount === 0) {
      throw new RegistryError(`There is no model ${version}: npm run models -- list shows those there are.`);
    }
    await check(version);
    if ((await servingVersion(client)) === version) return;
    await client.query('insert into churn_model_promotions (version, reason) values ($1, $2)', [version, reason]);
  });
}

/**
 * Puts back the model that served before the one that serves.
 * @param check told the version that is to serve; where it rejects, nothing changes
 * @returns the version that serves now
 * @throws {RegistryError} where there is none before.
 */
export async function rollBackModel(client: ClientBase, check: (version: string) => Promise<unknown>): Promise<string> {
  return inTurn(client, async () => {
    const { rows } = await client.query<{ id: string; version: string }>(
      'select id, version from churn_model_promotions where rolled_back_at is null order by id desc limit 2',
    );
    if (rows.length < 2) {
      throw new RegistryError(
        rows.length === 0
          ? 'No model has been promoted, so that none can be rolled back.'
          : `${rows[0].version} is the first model that was promoted: there is none to go back to.`,
      );
    }
    const [current, before] = rows;
    await check(before.version);
    await client.query('update churn_model_promotions set rolled_back_at = now() where id = $1', [current.id]);
    return before.version;
  });
}

/** One promotion at a time: each decides by what serves then. */
async function inTurn<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('lock table churn_model_promotions in exclusive mode');
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
