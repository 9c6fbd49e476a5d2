import { setTimeout as sleep } from 'node:timers/promises';
import { ruleGroups } from '@fair-underwriting/provisioning/src/alerts/all.ts';
import { GRAFANA_ADMIN } from '@fair-underwriting/stack/src/grafana/process.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { findChromium } from '../support/chromium.ts';
import { openLiveWorld, type LiveWorld } from './support/live-world.ts';
import { judgedAnew, ruleStates, type RuleState } from './support/rule-states.ts';
import { missing } from './support/slice.ts';

const reason = missing();
if (reason !== undefined) console.warn(`Faults in a real Grafana are left out: ${reason}.`);
const executablePath = findChromium();
if (executablePath === undefined) console.warn('What a panel shows of faults is left out: there is no Chromium.');

const rules = ruleGroups.flatMap((group) => group.rules);
const breach = 'fua-lab-sla-breach';
const down = 'fua-component-down';

(reason === undefined ? describe : describe.skip)('a Grafana that is never restarted', () => {
  let world: LiveWorld;
  let limit = 10_000;

  beforeAll(async () => {
    world = await openLiveWorld((listener) => ({
      ALERT_WEBHOOK_URL: `${listener}/people`,
      SLACK_WEBHOOK_URL: `${listener}/slack`,
    }));
  }, 240_000);
  afterAll(() => world.stop(), 60_000);

  const health = () =>
    world.grafana.call<{ status: string; message: string }>('GET', 'datasources/uid/fua-cube/health');

  /** Asks what was never asked, so that no cache answers. */
  async function ask() {
    const { A } = await world.grafana.query([
      {
        kind: 'view',
        version: 1,
        view: 'lab_sla',
        measures: ['lab_sla.tests_due'],
        dimensions: ['lab_sla.lab_name'],
        filters: [],
        segments: [],
        order: [],
        format: 'table',
        limit: (limit += 1),
      },
    ]);
    return A;
  }

  const told = (path: string, word: string) =>
    world.listener.messages.filter(({ path: to, body }) => to.startsWith(path) && body.includes(word));
  /** Messages to those who are paged. */
  const pages = () =>
    told('/people', '"receiver":"fair-underwriting-page"').map(({ body }) => JSON.parse(body) as { status: string });

  /** Waits until all is well. */
  async function recovered() {
    for (const giveUp = Date.now() + 60_000; ;) {
      const { status, message } = await health();
      if (status === 'OK') break;
      if (Date.now() > giveUp) throw new Error(`It stays so: ${message}`);
      await sleep(500);
    }
    expect((await ask())?.error).toBeUndefined();
    const states = await judgedAnew(world.grafana);
    expect([...states.values()].filter(({ health: how }) => how === 'error')).toEqual([]);
    expect(states.get(down)).toMatchObject({ state: 'inactive' });
    expect(alertsOf(states, breach)).toEqual(['Breaching Lab: Alerting', 'Keeping Lab: Normal']);
  }

  /** Every rule's queries failed, and each is in the state that was chosen for that: no alert begins, and none ends. */
  function expectUnjudged(states: Map<string, RuleState>, before?: Map<string, RuleState>) {
    for (const { uid, execErrState } of rules.filter((rule) => rule.uid !== down)) {
      expect([uid, execErrState]).toEqual([uid, 'KeepLast']);
      const now = states.get(uid)?.alerts ?? [];
      expect(now.length).toBeGreaterThan(0);
      expect([uid, ...now.filter(({ state }) => !state.endsWith('(Error, KeepLast)'))]).toEqual([uid]);
      if (before) expect([uid, states.get(uid)?.state]).toEqual([uid, before.get(uid)?.state]);
    }
    expect(states.get(down)).toMatchObject({ health: 'error', lastError: expect.stringContaining('[uptime]') });
  }

  const alertsOf = (states: Map<string, RuleState>, uid: string) =>
    (states.get(uid)?.alerts ?? [])
      // From before there were labs, Grafana keeps the state of the rule as a whole for a while.
      .filter(({ labels }) => labels['lab_name'] !== undefined)
      .map(({ labels, state }) => `${labels['lab_name']}: ${state}`)
      .sort();

  afterEach(() => {
    // No outage ended the alert on the lab.
    const ends = told('/', '"status":"resolved"').filter(({ body }) => body.includes('Breaching Lab'));
    expect(ends.map(({ path }) => path)).toEqual([]);
  });

  describe('started before Cube', () => {
    const words = () => `Nothing answers at ${world.cubeAddress}: is Cube running, and is the data source's URL right?`;

    test('says so where the data source is set up and in panels', async () => {
      expect(await health()).toMatchObject({ status: 'ERROR', message: words() });
      expect(await ask()).toMatchObject({ status: 502, error: words() });
    }, 60_000);

    (executablePath === undefined ? test.skip : test)(
      'says so on the panel itself',
      async () => {
        const browser = await chromium.launch({
          ...(executablePath !== undefined && { executablePath }),
          args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
        });
        try {
          const page = await browser.newPage({ baseURL: world.url, viewport: { width: 1440, height: 900 } });
          await page.request.post('/login', { data: { user: GRAFANA_ADMIN, password: world.password } });
          await page.goto('/d/fua-executive-kpis?kiosk');
          const error = page.getByTestId('data-testid Panel status error').first();
          await error.hover({ timeout: 60_000 });
          await page.getByText(words()).first().waitFor({ timeout: 30_000 });
        } finally {
          await browser.close();
        }
      },
      120_000,
    );

    test('pages nobody: no rule can be judged yet', async () => {
      const states = await judgedAnew(world.grafana);
      expectUnjudged(states);
      expect(rules.filter(({ uid }) => states.get(uid)?.state === 'firing')).toEqual([]);
      expect(pages()).toEqual([]);
    }, 150_000);

    test('answers when Cube comes, and finds the lab in breach', async () => {
      await world.startCube();
      await recovered();
      await world.listener.sent('/alert-service', ['"status":"firing"', 'Breaching Lab']);
    }, 240_000);

    test('rules that find nothing to judge rest', async () => {
      const states = await ruleStates(world.grafana);
      const resting = rules.filter(({ uid }) => states.get(uid)?.alerts?.some(({ state }) => state.includes('NoData')));
      expect(resting.length).toBeGreaterThan(5);
      for (const { uid, noDataState } of resting) {
        expect([uid, noDataState, states.get(uid)?.state]).toEqual([uid, 'OK', 'inactive']);
      }
    }, 30_000);
  });

  test('Cube killed: words at once, one page after two minutes, none for what is no fault, and recovery', async () => {
    const before = await ruleStates(world.grafana);
    await world.killCube();
    const words = `Nothing answers at ${world.cubeAddress}: is Cube running, and is the data source's URL right?`;
    expect(await health()).toMatchObject({ status: 'ERROR', message: words });
    expect(await ask()).toMatchObject({ status: 502, error: words });
    expectUnjudged(await judgedAnew(world.grafana), before);
    expect(pages()).toEqual([]);
    const page = await world.listener.sent('/slack', ['cannot be judged'], 240_000);
    expect(page).toContain('CRITICAL: Part of the service is down cannot be judged');
    expect(page).toContain(words);
    expect(page).toContain('Runbook: docs/runbooks/component-down.md');
    expectUnjudged(await judgedAnew(world.grafana), before);
    await world.startCube();
    await recovered();
    await world.listener.sent('/slack', ['Over: Part of the service is down cannot be judged'], 240_000);
    expect(pages().map(({ status }) => status)).toEqual(['firing', 'resolved']);
  }, 600_000);

  test('Postgres killed: Cube says that it is away, and all is well when it is back', async () => {
    const before = await ruleStates(world.grafana);
    await world.postgres.kill();
    const words = 'Cube failed (503): The database cannot be reached. Try again in a moment.';
    expect(await ask()).toMatchObject({ status: 502, error: words });
    expect(await health()).toMatchObject({
      status: 'ERROR',
      message: expect.stringMatching(/^Cube offers \d+ views, but answers no query: Cube failed \(503\): The database/),
    });
    expectUnjudged(await judgedAnew(world.grafana), before);
    await world.postgres.start();
    await recovered();
  }, 300_000);

  test('a query that takes too long is told apart from a Cube that is away', async () => {
    const holder = new pg.Client({ connectionString: world.postgres.url });
    await holder.connect();
    try {
      await holder.query('begin; lock table test_orders in access exclusive mode');
      expect(await ask()).toMatchObject({
        status: 504,
        error: expect.stringMatching(
          /^Cube is still working on the query after 25s.*: try again in a moment, narrow it, or raise the time budget/,
        ),
      });
      const states = await judgedAnew(world.grafana, 240_000);
      expect(alertsOf(states, breach)).toEqual([
        'Breaching Lab: Alerting (Error, KeepLast)',
        'Keeping Lab: Normal (Error, KeepLast)',
      ]);
    } finally {
      await holder.end();
    }
    await recovered();
  }, 450_000);

  test('a Cube with another secret is told by its answer', async () => {
    const before = await ruleStates(world.grafana);
    await world.killCube();
    await world.startCube('another secret than the one that Grafana was given');
    const words =
      /^Cube does not accept the token: check that the data source's API secret is Cube's CUBEJS_API_SECRET\./;
    expect(await health()).toMatchObject({ status: 'ERROR', message: expect.stringMatching(words) });
    expect(await ask()).toMatchObject({ status: 401, error: expect.stringMatching(words) });
    expectUnjudged(await judgedAnew(world.grafana), before);
    await world.killCube();
    await world.startCube();
    await recovered();
  }, 450_000);
});
