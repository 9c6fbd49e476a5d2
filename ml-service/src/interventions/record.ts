import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../serving/transaction.ts';

export interface InterventionRecord {
  readonly customerId: string;
  readonly type: string;
  readonly note: string | null;
  /** Login of who records it. */
  readonly sentBy: string;
  /** Made by the caller: the same key of the same user records once. */
  readonly idempotencyKey: string;
}

export interface RecordedIntervention {
  readonly id: string;
  readonly customerId: string;
  readonly type: string;
  readonly title: string;
  readonly note: string | null;
  readonly sentAt: Date;
  readonly sentBy: string;
}

/** Why an intervention was not recorded, for the caller. */
export interface Refusal {
  readonly status: 400 | 404 | 409 | 422;
  readonly error: string;
  readonly field?: string;
}

export type RecordOutcome = { readonly recorded: RecordedIntervention } | { readonly refused: Refusal };

const columns = `c.id, c.customer_id as "customerId", c.intervention_type as "type", t.title, c.note,
  c.sent_at as "sentAt", c.sent_by as "sentBy"`;
const source = `customer_interventions c join intervention_types t on t.type = c.intervention_type`;

const foreignKeyViolation = '23503';
const noCustomer: Refusal = { status: 404, error: 'There is no such customer.', field: 'body/customerId' };

/** Records an intervention, in one transaction: with its mark on the prediction that it answers, or not at all. */
export async function recordIntervention(database: Pool, wanted: InterventionRecord): Promise<RecordOutcome> {
  try {
    return await inTransaction(database, (client) => recordWith(client, wanted));
  } catch (error) {
    // The customer was deleted between the look and the entry.
    if (isCode(error, foreignKeyViolation)) return { refused: noCustomer };
    throw error;
  }
}

async function recordWith(client: PoolClient, wanted: InterventionRecord): Promise<RecordOutcome> {
  const { rows: inserted } = await client.query<{ id: string }>(
    `insert into customer_interventions (customer_id, intervention_type, sent_by, note, idempotency_key)
       select c.id, t.type, $3, $4, $5
       from customers c
       join intervention_types t on t.type = $2 and t.is_offered
       where c.id = $1 and not reporting.is_churn_hold_out(c.id)
       on conflict (sent_by, idempotency_key) do nothing
       returning id`,
    [wanted.customerId, wanted.type, wanted.sentBy, wanted.note, wanted.idempotencyKey],
  );
  if (inserted.length > 0) await markPrediction(client, wanted);
  const earlier = await findByKey(client, wanted);
  if (earlier === undefined) return { refused: await refusalOf(client, wanted) };
  if (!isSame(earlier, wanted)) {
    const error = 'This Idempotency-Key was used for another intervention: make a new key for each.';
    return { refused: { status: 422, error, field: 'headers/idempotency-key' } };
  }
  return { recorded: earlier };
}

/** The interventions that a customer received, newest first, 200 at most. */
export async function readRecorded(database: Pool, customerId: string): Promise<RecordedIntervention[]> {
  const { rows } = await database.query<RecordedIntervention>(
    `select ${columns} from ${source} where c.customer_id = $1 order by c.sent_at desc, c.id limit 200`,
    [customerId],
  );
  return rows;
}

/** The latest prediction that could have led to it. */
async function markPrediction(client: PoolClient, { customerId, type }: InterventionRecord): Promise<void> {
  await client.query(
    `update churn_predictions
     set intervention_sent = true, intervention_type = $2, intervention_sent_at = reporting.as_of()
     where id = (
       select p.id
       from churn_predictions p
       join churn_runs r on r.id = p.run_id and r.published_at is not null
       where p.customer_id = $1 and r.snapshot_at <= reporting.as_of()
       order by r.snapshot_at desc, r.id desc limit 1
     )`,
    [customerId, type],
  );
}

async function findByKey(
  client: PoolClient,
  { sentBy, idempotencyKey }: InterventionRecord,
): Promise<RecordedIntervention | undefined> {
  const { rows } = await client.query<RecordedIntervention>(
    `select ${columns} from ${source} where c.sent_by = $1 and c.idempotency_key = $2`,
    [sentBy, idempotencyKey],
  );
  return rows[0];
}

function isSame(recorded: RecordedIntervention, wanted: InterventionRecord): boolean {
  return (
    recorded.customerId === wanted.customerId.toLowerCase() &&
    recorded.type === wanted.type &&
    recorded.note === wanted.note
  );
}

async function refusalOf(client: PoolClient, { customerId, type }: InterventionRecord): Promise<Refusal> {
  const { rows: offered } = await client.query<{ type: string }>(
    'select type from intervention_types where is_offered order by type',
  );
  if (!offered.some((each) => each.type === type)) {
    const error = `body/type must be one of ${offered.map((each) => each.type).join(', ')}.`;
    return { status: 400, error, field: 'body/type' };
  }
  const { rowCount } = await client.query('select from customers where id = $1', [customerId]);
  if (!rowCount) return noCustomer;
  return {
    status: 409,
    error: 'This customer is held out at random and must stay untreated, so that impact can be measured.',
  };
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
