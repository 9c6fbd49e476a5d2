import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readOutcomes, type Outcome } from '@fair-underwriting/ml-service/src/features/read.ts';
import { openDatabase, uuid, type ChurnDatabase } from './database.ts';
import { onDay, snapshot, writeLives, type Contract } from './lives.ts';

jest.setTimeout(120_000);

const free = { prices: { [-100]: 0 } };

/** What is told of a customer, the subscriptions, and the day of the churn: null where there is none. */
const cases: [string, Contract[], number | null][] = [
  ['goes on', [{ starts: -100 }], null],
  ['ends on day 90', [{ starts: -100, notice: 20, ends: 90 }], 90],
  ['ends on day 91, with notice on day 90: it stands', [{ starts: -100, notice: 90, ends: 91 }], 90],
  ['ends on day 91, with notice on day 91', [{ starts: -100, notice: 91, ends: 91 }], null],
  ['ends without notice, as nobody paid', [{ starts: -100, ends: 30 }], 30],
  ['is replaced after 7 days', [{ starts: -100, ends: 30 }, { starts: 37 }], null],
  ['is replaced after 8 days: too late', [{ starts: -100, ends: 30 }, { starts: 38 }], 30],
  ['ends on day 88 and is replaced on day 93', [{ starts: -100, ends: 88 }, { starts: 93 }], null],
  [
    'is replaced by a free one, which is worth nothing',
    [
      { starts: -100, ends: 30 },
      { starts: 31, ...free, prices: { 31: 0 } },
    ],
    30,
  ],
  [
    'is replaced by a trial that is taken up',
    [
      { starts: -100, ends: 30 },
      { starts: 32, trial: 14 },
    ],
    null,
  ],
  [
    'is replaced by a trial that is not',
    [
      { starts: -100, ends: 30 },
      { starts: 32, trial: 14, ends: 46 },
    ],
    46,
  ],
  ['becomes free on day 40', [{ starts: -100, prices: { [-100]: 20, 40: 0 } }], 40],
  [
    'is one of two that end',
    [
      { starts: -100, ends: 30 },
      { starts: -50, ends: 60 },
    ],
    60,
  ],
  ['is one of two, the other goes on', [{ starts: -100, ends: 30 }, { starts: -50 }], null],
  [
    'gets notice, as does the other',
    [
      { starts: -100, notice: 10, ends: 200 },
      { starts: -50, notice: 50, ends: 300 },
    ],
    50,
  ],
  ['gets notice, not the other', [{ starts: -100, notice: 10, ends: 200 }, { starts: -50 }], null],
  ['gets notice and is replaced at once', [{ starts: -100, notice: 88, ends: 120 }, { starts: 94 }], null],
  ['gets notice and is replaced after it ended', [{ starts: -100, notice: 50, ends: 120 }, { starts: 121 }], 50],
  // New terms are no new subscription.
  ['gets notice and new terms', [{ starts: -100, notice: 88, ends: 120, prices: { [-100]: 20, 92: 25 } }], 88],
];

describe('a subscription that', () => {
  let db: ChurnDatabase;
  let outcomes: Map<string, Outcome>;
  beforeAll(async () => {
    db = await openDatabase();
    await writeLives(db, [
      ...cases.map(([, contracts]) => contracts),
      [{ starts: 1 }],
      [{ starts: -100, ends: -3 }],
      [{ starts: -100, ...free }],
    ]);
    outcomes = await readOutcomes(db.client, snapshot);
  });
  afterAll(() => db.stop());

  test.each(cases.map(([name, , day], i) => [name, day, i] as const))('%s: churn on day %p', (_, day, i) => {
    expect(outcomes.get(uuid(i + 1))).toEqual({ churned: day !== null, churnedAt: day === null ? null : onDay(day) });
  });

  test('did not run at the snapshot, or is free, has no outcome', () => {
    expect([...outcomes.keys()].sort()).toEqual(cases.map((_, i) => uuid(i + 1)));
  });

  test('is asked about alone has the same outcome', async () => {
    const some = [uuid(2), uuid(13)];
    const few = await readOutcomes(db.client, snapshot, some);
    expect([...few]).toEqual(some.map((id) => [id, outcomes.get(id)]));
  });
});
