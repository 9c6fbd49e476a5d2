import { Fraction } from '../support/decimal.ts';
import type { RawData, Subscription, Terms } from '../support/raw-data.ts';
import type { Day, Instant } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { rateOn, requiredRate } from './exchange.ts';

/** Months that an interval lasts, as a quotient: 12 / 52 for a week. */
const months: Record<Terms['interval'], Fraction> = {
  month: Fraction.of(1),
  quarter: Fraction.of(3),
  year: Fraction.of(12),
  week: Fraction.of(12).over(Fraction.of(52)),
  day: Fraction.of(12).over(Fraction.of(365)),
};

interface Contracted {
  subscription: Subscription;
  /** Oldest first. */
  terms: Terms[];
}

const books = new WeakMap<RawData, Map<string, Contracted[]>>();

/** The subscriptions of each customer who has one. */
export function subscriptionsByCustomer(data: RawData): Map<string, Contracted[]> {
  let book = books.get(data);
  if (!book) {
    const terms = groupBy(data.terms, (row) => row.subscription);
    const contracted = data.subscriptions.map((subscription) => ({
      subscription,
      terms: (terms.get(subscription.id) ?? []).sort((a, b) => a.validFrom - b.validFrom),
    }));
    book = groupBy(contracted, ({ subscription }) => subscription.customer);
    books.set(data, book);
  }
  return book;
}

/** Monthly amounts of what a customer pays for at an instant, by currency; unrounded. */
export interface Running {
  plan: string;
  planName: string;
  currency: string;
  monthly: Fraction;
  underNotice: boolean;
}

export function runningAt(contracts: readonly Contracted[], at: Instant): Running[] {
  const running: Running[] = [];
  for (const { subscription, terms } of contracts) {
    const { startedAt, endedAt, trialEndsAt, cancelledAt } = subscription;
    const active = startedAt <= at && (endedAt === null || at < endedAt);
    const onTrial = trialEndsAt !== null && at < trialEndsAt;
    const inForce = terms.findLast((row) => row.validFrom <= at);
    if (!active || onTrial || !inForce) continue;
    running.push({
      plan: inForce.plan,
      planName: inForce.planName,
      currency: inForce.currency,
      monthly: monthlyAmount(inForce),
      underNotice: cancelledAt !== null && cancelledAt <= at,
    });
  }
  return running;
}

function monthlyAmount(terms: Terms): Fraction {
  const left = Fraction.of(1).minus(terms.discountPercent.over(Fraction.of(100)));
  const price = terms.unitAmount.times(Fraction.of(terms.quantity)).times(left).minus(terms.discountAmount);
  return price.over(months[terms.interval].times(Fraction.of(terms.count)));
}

/** Reporting currency for one unit of a currency. */
export type Rates = (currency: string) => Fraction;

export function ratesOf(data: RawData, day: Day): Rates {
  return (currency) => requiredRate(data, currency, day);
}

/** Rates of an earlier day; a currency without a rate on it takes the later day's. */
export function openingRates(data: RawData, opening: Day, closing: Day): Rates {
  return (currency) => rateOn(data, currency, opening) ?? requiredRate(data, currency, closing);
}

/** What it is worth in the reporting currency, rounded once. */
export function worth(running: readonly Running[], rates: Rates): Fraction {
  return Fraction.sum(running.map(({ currency, monthly }) => monthly.times(rates(currency)))).rounded();
}

/** The same for each plan; rounded as running totals in the order of the plans' ids, so that they add up to the whole. */
export function worthByPlan(running: readonly Running[], rates: Rates): Map<string, Fraction> {
  const plans = [...new Set(running.map((part) => part.plan))].sort();
  const upTo = (count: number) => {
    const first = new Set(plans.slice(0, count));
    return worth(
      running.filter((part) => first.has(part.plan)),
      rates,
    );
  };
  return new Map(plans.map((plan, index) => [plan, upTo(index + 1).minus(upTo(index))]));
}
