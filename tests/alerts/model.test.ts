import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { notified, notify } from './support/grafana.ts';
import { TestAlerts } from './support/service.ts';

jest.setTimeout(180_000);

let alerts: TestAlerts;
beforeAll(async () => {
  alerts = await TestAlerts.start();
});
afterAll(() => alerts.stop());

/** What Grafana sends or a person does to one firing, or a crash of the service. */
interface Step {
  what: 'firing' | 'resolved' | 'acknowledge' | 'resolve' | 'crash';
  thing: string;
  nth: number;
}

/** An alert as the rules in words say it must be. */
interface Expected {
  status: 'open' | 'acknowledged' | 'resolved';
  hasEnded: boolean;
  reopened: number;
  events: string[];
}

/** @returns the answer's status for a person's step */
function expectedAfter(model: Map<string, Expected>, { what, thing, nth }: Step): number | undefined {
  const key = `fingerprint-${thing} ${nth}`;
  const known = model.get(key);
  const alert: Expected = known ?? { status: 'open', hasEnded: false, reopened: 0, events: ['raised'] };
  const become = (status: Expected['status'], ...events: string[]) => {
    alert.status = status;
    alert.events.push(...events);
  };
  if (what === 'firing' || what === 'resolved') model.set(key, alert);
  if (what === 'firing' && alert.status === 'resolved' && !alert.hasEnded) {
    alert.reopened++;
    become('open', 'reopened');
  }
  if (what === 'resolved' && !alert.hasEnded) {
    alert.hasEnded = true;
    become('resolved', alert.status === 'resolved' ? 'ended' : 'resolved');
  }
  if (what === 'acknowledge' || what === 'resolve') {
    if (!known) return undefined;
    const allowed = known.status === 'open' || (what === 'resolve' && known.status === 'acknowledged');
    if (!allowed) return 409;
    if (what === 'acknowledge') become('acknowledged', 'acknowledged');
    else become('resolved', ...(known.status === 'open' ? ['acknowledged'] : []), 'resolved');
    return 200;
  }
  return undefined;
}

async function take(step: Step): Promise<number | undefined> {
  const { what, thing, nth } = step;
  if (what === 'crash') {
    await alerts.crash();
    return undefined;
  }
  if (what === 'firing' || what === 'resolved') {
    // The rules compare instants: a millisecond apart they are different ones.
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect((await notify(alerts.service, [notified(thing, nth, what)])).status).toBe(202);
    return undefined;
  }
  await alerts.drained();
  const startedAt = notified(thing, nth).startsAt;
  const { rows } = await alerts.pool.query<{ id: string }>(
    'select id from operational_alerts where fingerprint = $1 and started_at = $2',
    [`fingerprint-${thing}`, startedAt],
  );
  if (!rows[0]) return undefined;
  return (await alerts.as('operations', 'POST', `/v1/alerts/${rows[0].id}/${what}`)).status;
}

/** The kinds of events in their order; what a rule reports late is dated by the rule, so the order of writing counts. */
async function found(): Promise<Map<string, Expected>> {
  await alerts.drained();
  const nth = (firedAt: string) => [1, 2].find((each) => notified('', each).startsAt === firedAt) ?? 0;
  return new Map(
    (await alerts.all()).map(({ fingerprint, firedAt, status, endedAt, reopenedCount, events }) => [
      `${fingerprint ?? ''} ${nth(firedAt)}`,
      { status, hasEnded: endedAt !== null, reopened: reopenedCount, events: events.map(({ kind }) => kind) },
    ]),
  );
}

test('any sequence of firings, resends, ends, actions and crashes leaves what the rules say', async () => {
  const step = fc.record<Step>({
    what: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('firing', 'resolved') },
      { weight: 3, arbitrary: fc.constantFrom('acknowledge', 'resolve') },
      { weight: 1, arbitrary: fc.constant('crash') },
    ),
    thing: fc.constantFrom('a', 'b'),
    nth: fc.constantFrom(1, 2),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const model = new Map<string, Expected>();
      for (const each of steps) expect(await take(each)).toBe(expectedAfter(model, each));
      expect(await found()).toEqual(model);
      // A queue that is left would bring its alerts back.
      await alerts.crash(false);
      await alerts.pool.query('truncate operational_alerts cascade');
    }),
    { numRuns: 30, seed: 26, endOnFailure: true },
  );
});

test('the order in which notifications arrive, and how often, makes no difference', async () => {
  const messages = ['a', 'b'].flatMap((thing) =>
    [1, 2].flatMap((nth) => (['firing', 'resolved'] as const).map((status) => notified(thing, nth, status))),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 }),
      async (sent) => {
        await alerts.pool.query('truncate operational_alerts cascade');
        await Promise.all(sent.map((message) => notify(alerts.service, [message])));
        const states = [...(await found()).values()];
        expect(states).toEqual(
          Array(4).fill({ status: 'resolved', hasEnded: true, reopened: 0, events: ['raised', 'resolved'] }),
        );
      },
    ),
    { numRuns: 30, seed: 26 },
  );
});
