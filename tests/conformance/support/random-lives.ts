import fc from 'fast-check';

/** What the generators make, as values that SQL is written from. */
export interface Life {
  genotype: string | null;
  payerType: string | null;
  subscriptions: RandomSubscription[];
  history: { at: string; genotype: string | null; payerType: string | null }[];
}

interface RandomSubscription {
  startedAt: string;
  trialDays: number | null;
  noticeDays: number | null;
  paidDays: number | null;
  currency: string;
  terms: RandomTerms[];
}

interface RandomTerms {
  /** Days after the start. */
  after: number;
  plan: string;
  cents: number;
  quantity: number;
  percent: number;
  discountShare: number;
  interval: string;
  count: number;
}

const start = Date.UTC(2022, 10, 20);
/** Times of day near which things go wrong, here and in a zone 4 or 5 hours away. */
const times = ['00:00:00', '23:59:59.999999', '04:59:59.999999', '05:00:00', '04:00:00', '12:34:56.789'];

/** An instant within 17 months; half of them within a day of a month's boundary. */
export const instant = fc
  .tuple(fc.boolean(), fc.nat(510), fc.constantFrom(...times))
  .map(([atBoundary, offset, time]) => {
    const date = new Date(start + offset * 86_400_000);
    if (atBoundary) date.setUTCDate(offset % 3);
    return `${date.toISOString().slice(0, 10)} ${time}+00`;
  });

const genotype = fc.constantFrom('ZZ', 'SZ', 'MZ', null);
const payerType = fc.constantFrom('self_pay', 'medicare', null);

const terms: fc.Arbitrary<RandomTerms> = fc.record({
  after: fc.nat(300),
  plan: fc.constantFrom('basic', 'plus', 'care'),
  cents: fc.oneof(fc.nat(20), fc.nat(100_000)),
  quantity: fc.integer({ min: 1, max: 3 }),
  percent: fc.constantFrom(0, 0, 12.5, 33.33, 100),
  discountShare: fc.constantFrom(0, 0, 0.25, 1),
  interval: fc.constantFrom('month', 'month', 'year', 'quarter', 'week', 'day'),
  count: fc.constantFrom(1, 1, 2, 6),
});

const subscription: fc.Arbitrary<RandomSubscription> = fc.record({
  startedAt: instant,
  trialDays: fc.option(fc.nat(45), { freq: 4 }),
  noticeDays: fc.option(fc.nat(200), { freq: 3 }),
  paidDays: fc.option(fc.nat(250), { freq: 2 }),
  currency: fc.constantFrom('USD', 'EUR', 'GBP'),
  terms: fc.array(terms, { minLength: 1, maxLength: 4 }),
});

export const lives: fc.Arbitrary<Life[]> = fc.array(
  fc.record({
    genotype,
    payerType,
    subscriptions: fc.array(subscription, { minLength: 1, maxLength: 4 }),
    history: fc.array(fc.record({ at: instant, genotype, payerType }), { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 5 },
);

export interface Sale {
  paidAt: string;
  currency: string;
  cents: number;
  /** Days of service, from so many days after the payment; null without a period. */
  service: { after: number; days: number } | null;
  /** Days after the payment, before it where negative. */
  refunds: { after: number; cents: number }[];
}

export const sales: fc.Arbitrary<Sale[]> = fc.array(
  fc.record({
    paidAt: instant,
    currency: fc.constantFrom('USD', 'EUR', 'GBP'),
    cents: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -100_000, max: 100_000 })),
    service: fc.option(
      fc.record({
        after: fc.integer({ min: -90, max: 90 }),
        days: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 400 })),
      }),
      { freq: 6 },
    ),
    refunds: fc.array(
      fc.record({
        after: fc.integer({ min: -5, max: 300 }),
        cents: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 90_000 })),
      }),
      { maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

const channel = fc.constantFrom('search', 'social', 'mail');

export interface Journey {
  signedUpAt: string;
  paidAfterHours: number | null;
  touches: { channel: string; session: string | null; hoursBefore: number; exact: boolean }[];
}

/** Touches around a first payment; many exactly at a lookback's edge or at the conversion. */
export const journeys: fc.Arbitrary<Journey[]> = fc.array(
  fc.record({
    signedUpAt: instant,
    paidAfterHours: fc.option(fc.nat(500), { freq: 5 }),
    touches: fc.array(
      fc.record({
        channel,
        session: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 3 }),
        hoursBefore: fc.oneof(
          fc.constantFrom(0, 7 * 24, 30 * 24, 60 * 24, 90 * 24),
          fc.integer({ min: -100, max: 100 * 24 }),
        ),
        exact: fc.boolean(),
      }),
      { maxLength: 9 },
    ),
  }),
  { minLength: 1, maxLength: 5 },
);
