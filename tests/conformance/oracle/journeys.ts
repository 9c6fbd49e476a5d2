import { Fraction } from '../support/decimal.ts';
import type { RawData, Touch } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { conversions, eligible } from './attribution.ts';
import { customerValues } from './customer-value.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle } from './oracle.ts';

export interface Journey {
  time: Instant;
  dims: Record<'path' | 'first_channel' | 'last_channel', string>;
  touches: number;
  firstAt: Instant;
  convertedAt: Instant | null;
  /** What the customer was worth to date; null without a conversion, or where no margin is known. */
  realised: Fraction | null;
}

/** A person's touches, cut where the next one is more than the lookback away. */
function chains(touches: readonly Touch[], lookback: number): Touch[][] {
  const all: Touch[][] = [];
  for (const touch of touches.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    const current = all.at(-1);
    const before = current?.at(-1);
    if (current && before && touch.at - before.at <= lookback) current.push(touch);
    else all.push([touch]);
  }
  return all;
}

function journeyOf(
  touches: readonly Touch[],
  convertedAt: Instant | null,
  realised: Fraction | null,
): Journey | undefined {
  const first = touches[0];
  const last = touches.at(-1);
  if (!first || !last) return undefined;
  const path = touches.map((touch) => touch.channel).filter((channel, index, list) => channel !== list[index - 1]);
  return {
    time: convertedAt ?? last.at,
    dims: { path: path.join(' > '), first_channel: first.channel, last_channel: last.channel },
    touches: touches.length,
    firstAt: first.at,
    convertedAt,
    realised,
  };
}

/** A mean over the journeys that converted; null where none did. */
const meanOfConverted =
  (amount: (journey: Journey, convertedAt: Instant) => number): Measure<Journey> =>
  (journeys) => {
    const amounts = journeys.flatMap((journey) =>
      journey.convertedAt === null ? [] : [amount(journey, journey.convertedAt)],
    );
    return amounts.length === 0 ? null : amounts.reduce((sum, each) => sum + each, 0) / amounts.length;
  };

const converted = count<Journey>((journey) => journey.convertedAt !== null);

/** The journeys that had ended at T, as far as was known then. */
export function journeysAt(data: RawData, at: Instant, days: number, kind: string): Journey[] {
  const lookback = days * dayMicros;
  const convertedAt = conversions(data, at, kind);
  const values = customerValues(data, at);
  const past = data.touches.filter((touch) => touch.at <= at);
  const known = new Set(past.filter((touch) => touch.customer !== null).map((touch) => touch.visitor));
  const ofSomebody = past.filter((touch) => touch.customer !== null || !known.has(touch.visitor));
  const people = groupBy(ofSomebody, (touch) => touch.customer ?? `visitor ${String(touch.visitor)}`);
  return [...people].flatMap(([person, touches]) => {
    const conversion = convertedAt.get(person) ?? null;
    const before = touches.filter((touch) => conversion === null || touch.at <= conversion);
    return chains(before, lookback).flatMap((chain) => {
      const end = chain.at(-1)?.at ?? 0;
      const converts = conversion !== null && conversion - end <= lookback;
      if (!converts && at - end <= lookback) return [];
      const counted = converts
        ? eligible(touches, conversion, days)
        : eligible(chain, end, (end - (chain[0]?.at ?? end)) / dayMicros);
      const realised = converts ? values.between(person, -Infinity, at) : null;
      return journeyOf(counted, converts ? conversion : null, realised) ?? [];
    });
  });
}

/** What most of the journeys that converted have; of equals the first by name. */
const commonest =
  (channel: (journey: Journey) => string): Measure<Journey> =>
  (journeys) => {
    const groups = groupBy(
      journeys.filter((journey) => journey.convertedAt !== null),
      channel,
    );
    const ranked = [...groups].sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1));
    return ranked[0]?.[0] ?? null;
  };

export const customerJourneys = defineOracle<Journey>({
  view: 'journeys',
  time: 'date',
  choices: ['lookback_days', 'conversion_kind'],
  facts: (data, at, { lookback_days: days = '30', conversion_kind: kind = 'first_payment' }) =>
    journeysAt(data, at, Number(days), kind),
  measures: {
    journeys: (journeys) => journeys.length,
    conversions: converted,
    conversion_rate: (journeys, period) =>
      journeys.length === 0 ? null : Number(converted(journeys, period)) / journeys.length,
    touches_to_convert: meanOfConverted((journey) => journey.touches),
    ltv_realised: (journeys) => {
      const known = journeys.flatMap((journey) => journey.realised ?? []);
      return known.length === 0 ? null : Fraction.sum(known).toNumber() / known.length;
    },
    commonest_first_touch: commonest((journey) => journey.dims.first_channel),
    commonest_last_touch: commonest((journey) => journey.dims.last_channel),
    days_to_convert: meanOfConverted((journey, convertedAt) => (convertedAt - journey.firstAt) / dayMicros),
  },
});
