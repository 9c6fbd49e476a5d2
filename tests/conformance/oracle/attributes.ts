import type { FormerAttributes, RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';

export type Slicers = Record<'genotype' | 'payer_type' | 'insurance' | 'state' | 'channel', string | null>;

const histories = new WeakMap<RawData, Map<string, FormerAttributes[]>>();

/** A customer's attributes as they were at an instant. The acquisition channel never changes. */
export function attributesAt(data: RawData, customer: RawData['customers'][number], at: Instant): Slicers {
  let history = histories.get(data);
  if (!history) {
    history = groupBy(data.history, (row) => row.customer);
    histories.set(data, history);
  }
  // The row that ended first after the instant is the one that held at it.
  let holding: FormerAttributes | undefined;
  for (const row of history.get(customer.id) ?? []) {
    if (row.validUntil > at && (holding === undefined || row.validUntil < holding.validUntil)) holding = row;
  }
  const { genotype, payerType, state } = holding ?? customer;
  return {
    genotype: genotype ?? 'unknown',
    payer_type: payerType ?? 'unknown',
    insurance: payerType === null ? 'unknown' : payerType === 'self_pay' ? 'self_pay' : 'insured',
    state,
    channel: customer.channel,
  };
}

export function groupBy<T>(rows: Iterable<T>, key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
