import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleGroups } from '@fair-underwriting/provisioning/src/alerts/all.ts';
import { dashboards } from '@fair-underwriting/provisioning/src/dashboards/all.ts';
import { policyFile } from '@fair-underwriting/provisioning/src/notifications/policies.ts';
import { contactVariables } from '@fair-underwriting/stack/src/grafana/provisioning.ts';
import { GRAFANA_ADMIN } from '@fair-underwriting/stack/src/grafana/process.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTrouble, openScenario, scenarioNow, type Scenario } from '../alert-rules/scenario.ts';
import { freePort } from '../support/postgres.ts';
import { GrafanaApi, type Frame } from './support/api.ts';
import { startListener, type Listener } from './support/listener.ts';
import { grafanaOn, missing } from './support/slice.ts';

const reason = missing();
if (reason !== undefined) console.warn(`Alerting in a real Grafana is left out: ${reason}.`);

const rules = ruleGroups.flatMap((group) => group.rules);

interface ContactPoint {
  uid: string;
  name: string;
  type: string;
}

(reason === undefined ? describe : describe.skip)('alerting in a real Grafana', () => {
  const before = { ...process.env };
  const stops: (() => unknown)[] = [];
  let scenario: Scenario;
  let listener: Listener;
  let dataDir: string;
  let port: number;
  let admin: GrafanaApi;
  let stopGrafana = () => Promise.resolve<unknown>(undefined);

  /** Starts Grafana on what an earlier start left, with the given contact points. */
  async function start(contacts: Record<string, string>) {
    await stopGrafana();
    for (const name of contactVariables()) process.env[name] = contacts[name] ?? '';
    const { url, password, stop } = await grafanaOn({
      cubeUrl: scenario.cubeUrl,
      alertsUrl: `${listener.url}/alert-service`,
      webhookUrl: contacts['ALERT_WEBHOOK_URL'] ?? '',
      dataDir,
      wantedPort: port,
    });
    stopGrafana = stop;
    admin = new GrafanaApi(url, GRAFANA_ADMIN, password);
  }

  const contactPoints = async () =>
    (await admin.call<ContactPoint[]>('GET', 'v1/provisioning/contact-points'))
      .map(({ uid, name, type }) => `${name} ${type} ${uid}`)
      .filter((text) => text.includes('fua-'))
      .sort();
  const always = ['record', 'teams', 'page'].map(
    (name) => `fair-underwriting-${name} webhook fua-${name}-alert-service`,
  );
  const all = () => ({
    ALERT_EMAIL: 'on-call@example.org; operations@example.org',
    ALERT_WEBHOOK_URL: `${listener.url}/webhook`,
    PAGERDUTY_INTEGRATION_KEY: 'a key of this test only, never used',
    SLACK_WEBHOOK_URL: `${listener.url}/slack`,
  });

  beforeAll(async () => {
    listener = await startListener();
    stops.push(() => listener.stop());
    scenario = await openScenario();
    stops.push(() => scenario.stop());
    await scenario.enter('trouble');
    dataDir = await mkdtemp(join(tmpdir(), 'fua-grafana-'));
    stops.push(() => rm(dataDir, { recursive: true, force: true }));
    port = await freePort();
    await start(all());
  }, 420_000);
  afterAll(async () => {
    await stopGrafana();
    for (const stop of stops.reverse()) await stop();
    process.env = before;
  }, 60_000);

  test('has every rule, policy, mute time, message and contact point', async () => {
    const found = await admin.call<{ uid: string; provenance: string }[]>('GET', 'v1/provisioning/alert-rules');
    expect(found.map(({ uid }) => uid).sort()).toEqual(rules.map(({ uid }) => uid).sort());
    const [policy] = policyFile.policies;
    const kept = await admin.call<{ receiver: string; routes: { receiver: string }[] }>(
      'GET',
      'v1/provisioning/policies',
    );
    expect(kept.receiver).toBe(policy?.receiver);
    expect(kept.routes.map(({ receiver }) => receiver)).toEqual(policy?.routes.map(({ receiver }) => receiver));
    const mutes = await admin.call<{ name: string }[]>('GET', 'v1/provisioning/mute-timings');
    expect(mutes.map(({ name }) => name)).toEqual(['outside business hours']);
    const templates = await admin.call<{ name: string }[]>('GET', 'v1/provisioning/templates');
    expect(templates.map(({ name }) => name)).toEqual(['fair-underwriting']);
    expect(await contactPoints()).toEqual(
      [
        ...always,
        'fair-underwriting-page email fua-page-email',
        'fair-underwriting-page pagerduty fua-page-pagerduty',
        'fair-underwriting-page slack fua-page-slack',
        'fair-underwriting-page webhook fua-page-webhook',
        'fair-underwriting-teams email fua-teams-email',
        'fair-underwriting-teams slack fua-teams-slack',
        'fair-underwriting-teams webhook fua-teams-webhook',
      ].sort(),
    );
  }, 60_000);

  /** What fires, by Grafana's own evaluation at the scenario's instant. */
  async function firing(uid: string): Promise<Record<string, string>[]> {
    const rule = rules.find((one) => one.uid === uid);
    const data = rule?.data.map((step) => ({ relativeTimeRange: { from: 0, to: 0 }, queryType: '', ...step }));
    const answer = await admin.call<{ results?: Record<string, { error?: string; frames: Frame[] }> }>(
      'POST',
      'v1/eval',
      {
        data,
        condition: rule?.condition,
        now: new Date(scenarioNow).toISOString(),
      },
    );
    if (!answer.results) throw new Error(`Grafana refused the rule: ${JSON.stringify(answer)}`);
    expect(Object.values(answer.results).flatMap(({ error }) => error ?? [])).toEqual([]);
    const frames = answer.results[rule?.condition ?? '']?.frames ?? [];
    expect(frames.length).toBeGreaterThan(0);
    return frames
      .filter(({ data: { values } }) => Number(values[0]?.[0]) !== 0)
      .map(({ schema }) => schema.fields[0]?.labels ?? {});
  }

  test.each(rules)(
    '$uid fires in trouble',
    async ({ uid }) => {
      expect(await firing(uid)).toEqual([inTrouble[uid]?.labels]);
    },
    60_000,
  );

  test('a breach reaches Slack, the webhook and the alert service, in words', async () => {
    const sent = (path: string, word = '') => listener.sent(path, ['Breaching Lab', word]);
    const slack = await sent('/slack');
    expect(slack).toContain('HIGH: Lab misses its service level');
    expect(slack).toContain(
      'Breaching Lab delivered 0% of its tests on time in the last 30 days; its contract asks for 95%.',
    );
    expect(slack).toContain('Figure 0, target 0.95.');
    expect(slack).toContain('Runbook: docs/runbooks/lab-sla-breach.md');
    expect(slack).toContain('/d/fua-executive-kpis');
    expect(JSON.parse(await sent('/webhook'))).toMatchObject({ receiver: 'fair-underwriting-teams' });
    expect(await sent('/alert-service', 'fair-underwriting-record')).toContain('"status":"firing"');
  }, 150_000);

  test('a second start changes nothing', async () => {
    const state = async () => ({
      // Grafana notes the time of each reading of the files, whatever they hold.
      rules: (await admin.call<{ updated?: string }[]>('GET', 'v1/provisioning/alert-rules')).map((rule) => ({
        ...rule,
        updated: undefined,
      })),
      policies: await admin.call('GET', 'v1/provisioning/policies'),
      contactPoints: await admin.call('GET', 'v1/provisioning/contact-points'),
      templates: await admin.call('GET', 'v1/provisioning/templates'),
      mutes: await admin.call('GET', 'v1/provisioning/mute-timings'),
      dashboards: await Promise.all(
        dashboards.map(async ({ uid }) => {
          const { meta } = await admin.call<{ meta: { version: number } }>('GET', `dashboards/uid/${uid ?? ''}`);
          return [uid, meta.version];
        }),
      ),
    });
    const first = await state();
    await start(all());
    expect(await state()).toEqual(first);
  }, 120_000);

  test('what is no longer set is gone after the next start', async () => {
    await start({});
    expect(await contactPoints()).toEqual([...always].sort());
  }, 120_000);

  describe('when all is well again', () => {
    beforeAll(async () => {
      await scenario.enter('calm');
    }, 150_000);
    test.each(rules)(
      '$uid rests',
      async ({ uid }) => {
        expect(await firing(uid)).toEqual([]);
      },
      60_000,
    );
  });
});
