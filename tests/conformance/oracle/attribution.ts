import { Fraction } from '../support/decimal.ts';
import type { RawData, Touch } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { customerValues } from './customer-value.ts';
import { requiredRate } from './exchange.ts';
import { chainsAt, markovShares } from './markov.ts';
import type { Measure } from './oracle.ts';
import { defineOracle, distinct, sumOfKnown } from './oracle.ts';
import { shapleyValues } from './shapley.ts';
import type { Held } from './subscriber-years.ts';
import { subscriberYears } from './subscriber-years.ts';

export const models = [
  'first_touch',
  'last_touch',
  'linear',
  'time_decay',
  'position_based',
  'shapley',
  'markov',
] as const;
type Model = (typeof models)[number];
/** Null while a model has nothing to go by. */
type Credits = Record<Model, number | null>;

/** A touch's share of a conversion, or a day's spend on a campaign. */
interface Entry {
  time: Instant;
  dims: Record<'channel' | 'campaign' | 'campaign_status', string | null>;
  isMature: boolean;
  /** The channel reported the clicks of all its spend of the day. */
  isClickKnown: boolean;
  /** Net revenue of the conversion within the chosen days. */
  revenue?: number;
  /** What the conversion was worth, within the chosen days and to date; 0 of spend, null of a conversion where no margin is known. */
  value: Fraction | null;
  realised: Fraction | null;
  customer?: string;
  /** As a subscriber in the 12 full months to T, with the margin of subscriptions in them. */
  held?: Held | undefined;
  margin?: Fraction | null;
  credits?: Credits;
  spend?: Fraction;
  impressions?: number | null;
  clicks?: number | null;
}

/** Weights of each model for touches in order; they sum to 1. */
export function creditsOf(
  touches: readonly Touch[],
  conversion: Instant,
  markov: ReadonlyMap<string, number> | null,
): Credits[] {
  const times = touches.map((touch) => touch.at);
  const channels = touches.map((touch) => touch.channel);
  const shapley = shapleyValues([new Set(channels)]);
  const n = times.length;
  const decay = times.map((time) => 2 ** (-(conversion - time) / (7 * dayMicros)));
  const allDecay = decay.reduce((total, weight) => total + weight, 0);
  const position = (index: number) => {
    if (n === 1) return 1;
    if (n === 2) return 0.5;
    return index === 0 || index === n - 1 ? 0.4 : 0.2 / (n - 2);
  };
  const shared = (shares: ReadonlyMap<string, number>, channel = '') =>
    (shares.get(channel) ?? 0) / channels.filter((other) => other === channel).length;
  return times.map((_, index) => ({
    first_touch: index === 0 ? 1 : 0,
    last_touch: index === n - 1 ? 1 : 0,
    linear: 1 / n,
    time_decay: (decay[index] ?? 0) / allDecay,
    position_based: position(index),
    shapley: shared(shapley, channels[index]),
    markov: markov && shared(markov, channels[index]),
  }));
}

/** The touches that count for a conversion: inside the lookback, the earliest of each session and channel, in order. */
export function eligible(touches: readonly Touch[], conversion: Instant, lookbackDays: number): Touch[] {
  const inside = touches
    .filter((touch) => touch.at <= conversion && touch.at >= conversion - lookbackDays * dayMicros)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const seen = new Set<string>();
  return inside.filter((touch) => {
    if (touch.session === null) return true;
    const key = JSON.stringify([touch.session, touch.channel]);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

export function conversions(data: RawData, at: Instant, kind: string): Map<string, Instant> {
  const events =
    kind === 'sign_up'
      ? data.customers.map((customer) => ({ customer: customer.id, at: customer.createdAt }))
      : data.payments.map((payment) => ({ customer: payment.customer, at: payment.paidAt }));
  const firsts = new Map<string, Instant>();
  for (const event of events) {
    if (event.customer === null || event.at === null || event.at > at) continue;
    firsts.set(event.customer, Math.min(event.at, firsts.get(event.customer) ?? Infinity));
  }
  return firsts;
}

/** The channels of each conversion by first payment that has touches in the 30 days before. */
export function convertingChannels(data: RawData): Set<string>[] {
  const touches = groupBy(data.touches, (touch) => touch.customer ?? '');
  return [...conversions(data, data.asOf, 'first_payment')]
    .map(([customer, at]) => new Set(eligible(touches.get(customer) ?? [], at, 30).map((touch) => touch.channel)))
    .filter((channels) => channels.size > 0);
}

/** Null for a channel that no spend is known of, so that it has no cost per conversion either. */
const spend = sumOfKnown<Entry>((entry) => entry.spend) as (entries: readonly Entry[]) => Fraction | null;
const credit = (model: Model) => (entries: readonly Entry[]) =>
  entries.some((entry) => entry.credits?.[model] === null)
    ? null
    : entries.reduce((sum, entry) => sum + (entry.credits?.[model] ?? 0), 0);

/** What the channels reported; null where none of them did. */
const reported =
  (amount: (entry: Entry) => number | null | undefined): Measure<Entry> =>
  (entries) => {
    const known = entries.map(amount).filter((value) => typeof value === 'number');
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  };

/** An amount of the conversions, credited by a model. */
const credited =
  (model: Model, amount: (entry: Entry) => Fraction | null): ((entries: readonly Entry[]) => number | null) =>
  (entries) => {
    const known = entries.map((entry) => amount(entry));
    if (credit(model)(entries) === null || known.includes(null)) return null;
    return entries.reduce((sum, entry) => sum + (entry.credits?.[model] ?? 0) * (amount(entry)?.toNumber() ?? 0), 0);
  };
const value = (model: Model) => credited(model, (entry) => entry.value);
const spent = (entries: readonly Entry[]) => spend(entries)?.toNumber() ?? 0;
/** Null by nothing, and where either is unknown. */
const share = (part: number | null, whole: number | null) => (part === null || !whole ? null : part / whole);

/** ARPA x margin / churn rate of those who converted, each by its credit; the subscribers cancel. */
const lifetime =
  (model: Model): Measure<Entry> =>
  (entries) => {
    const weighted = (amount: (held: Held) => number) =>
      entries.reduce((sum, { credits, held }) => sum + (credits?.[model] ?? 0) * (held ? amount(held) : 0), 0);
    const churned = weighted((held) => held.churned);
    const share = entries.find(({ held }) => held)?.margin ?? null;
    if (credit(model)(entries) === null || churned < 20 || share === null) return null;
    return (weighted(({ mrr }) => mrr.toNumber()) * share.toNumber()) / churned;
  };

const ofModel: Record<string, (model: Model) => Measure<Entry>> = {
  '': credit,
  cac_: (model) => (entries) => share(spend(entries)?.toNumber() ?? null, credit(model)(entries)),
  value_: value,
  roas_: (model) => (entries) => share(value(model)(entries), spent(entries)),
  roi_: (model) => (entries) => {
    const returned = value(model)(entries);
    return share(returned === null ? null : returned - spent(entries), spent(entries));
  },
  ltv_realised_: (model) => (entries) =>
    share(credited(model, (entry) => entry.realised)(entries), credit(model)(entries)),
  ltv_: lifetime,
};

/** All credits and spend up to T. */
export function attributionEntries(data: RawData, at: Instant, choices: Record<string, string>): Entry[] {
  const { lookback_days: lookback = '30', conversion_kind: kind = 'first_payment', value_days: days = '180' } = choices;
  const touches = groupBy(data.touches, (touch) => touch.customer ?? '');
  const chains = chainsAt(data, at, Number(lookback), kind);
  const values = customerValues(data, at);
  const years = subscriberYears(data, at);
  const statuses = new Map(
    data.campaigns.map(({ channel, name, status }) => [JSON.stringify([channel, name]), status]),
  );
  const dimsOf = (channel: string, campaign: string | null) => ({
    channel,
    campaign,
    campaign_status: statuses.get(JSON.stringify([channel, campaign])) ?? null,
  });
  const past = data.spend.filter((row) => row.day <= data.zone.day(at));
  const spendOfDays = groupBy(past, (row) => `${row.channel} ${row.day}`);
  const isClickKnown = (channel: string, day: number) =>
    spendOfDays.get(`${channel} ${day}`)?.every((row) => row.clicks !== null) ?? false;
  const entries: Entry[] = [];
  for (const [customer, conversion] of conversions(data, at, kind)) {
    const common = {
      time: conversion,
      customer,
      isMature: conversion + Number(days) * dayMicros <= at,
      value: values.between(customer, conversion, conversion + Number(days) * dayMicros),
      revenue: values.revenue(customer, conversion, conversion + Number(days) * dayMicros).toNumber(),
      realised: values.between(customer, -Infinity, at),
      held: years.held.get(customer),
      margin: years.margin,
    };
    const counted = eligible(touches.get(customer) ?? [], conversion, Number(lookback));
    const month = data.zone.month(conversion);
    const markov = markovShares(new Set(counted.map((touch) => touch.channel)), month, chains);
    const credits = creditsOf(counted, conversion, markov);
    for (const [index, { channel, campaign }] of counted.entries()) {
      const own = credits[index];
      if (!own) continue;
      entries.push({
        ...common,
        dims: dimsOf(channel, campaign),
        credits: own,
        isClickKnown: isClickKnown(channel, data.zone.day(conversion)),
      });
    }
    if (counted.length === 0) {
      const all = Object.fromEntries(models.map((model) => [model, 1])) as Credits;
      entries.push({ ...common, dims: dimsOf('(unattributed)', null), credits: all, isClickKnown: false });
    }
  }
  for (const row of past) {
    entries.push({
      time: data.zone.midnight(row.day),
      dims: dimsOf(row.channel, row.campaign),
      isMature: data.zone.midnight(row.day + 1 + Number(days)) - 1 <= at,
      isClickKnown: isClickKnown(row.channel, row.day),
      value: Fraction.zero,
      realised: Fraction.zero,
      spend: row.amount.times(requiredRate(data, row.currency, row.day)).rounded(),
      impressions: row.impressions,
      clicks: row.clicks,
    });
  }
  return entries;
}

export const attribution = defineOracle<Entry>({
  view: 'attribution',
  time: 'date',
  choices: ['lookback_days', 'conversion_kind', 'value_days'],
  facts: attributionEntries,
  measures: {
    spend,
    impressions: reported((entry) => entry.impressions),
    clicks: reported((entry) => entry.clicks),
    conversions: distinct((entry) => entry.customer),
    conversion_rate: (entries) => {
      const known = entries.filter((entry) => entry.isClickKnown);
      const clicks = known.reduce((sum, entry) => sum + (entry.clicks ?? 0), 0);
      return share(new Set(known.flatMap(({ customer }) => customer ?? [])).size, clicks);
    },
    is_mature: (entries) => String(entries.every((entry) => entry.isMature)),
    ...Object.fromEntries(
      Object.entries(ofModel).flatMap(([name, of]) => models.map((model) => [`${name}${model}`, of(model)])),
    ),
  },
});
