import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLiveWorld, type LiveWorld } from './support/live-world.ts';
import { startMailbox, type Mailbox } from './support/mailbox.ts';
import { missing } from './support/slice.ts';

const reason = missing();
if (reason !== undefined) console.warn(`Notifications of a real Grafana are left out: ${reason}.`);

/** 5% of the requests of the last minutes failed. */
const failing = `
  update service_health_samples set server_errors = 50 where component = 'api' and sampled_at > now() - interval '15 minutes'`;

const summary = '5% of the requests to api failed in the last 15 minutes; at most 1% may.';
const words = [
  summary,
  'Figure 0.05, target 0.01.',
  'Severity critical, team platform',
  'Runbook: docs/runbooks/api-error-rate.md',
  'Dashboard: http',
  '/d/fua-operations',
];

(reason === undefined ? describe : describe.skip)('an API that fails', () => {
  let world: LiveWorld;
  let mailbox: Mailbox;
  let stop = () => Promise.resolve();

  beforeAll(async () => {
    mailbox = await startMailbox();
    stop = () => {
      mailbox.stop();
      return Promise.resolve();
    };
    world = await openLiveWorld((listener) => ({
      ALERT_EMAIL: 'on-call@example.org; platform@example.org',
      GF_SMTP_ENABLED: 'true',
      GF_SMTP_HOST: mailbox.host,
      ALERT_WEBHOOK_URL: `${listener}/webhook`,
      PAGERDUTY_INTEGRATION_KEY: 'a key of this test only',
      PAGERDUTY_URL: `${listener}/pagerduty`,
      SLACK_WEBHOOK_URL: `${listener}/slack`,
    }));
    stop = async () => {
      await world.stop();
      mailbox.stop();
    };
    await world.startCube();
    await world.sql(failing);
  }, 240_000);
  afterAll(() => stop(), 60_000);

  /** Waits for what is for the pager, of which the breach of the lab is no part. */
  const sent = (path: string, ...more: string[]) => world.listener.sent(path, ['Requests fail', ...more], 300_000);
  const mail = async (...parts: string[]) => {
    for (const giveUp = Date.now() + 120_000; Date.now() < giveUp;) {
      const found = mailbox.mails.find(({ text }) => parts.every((part) => text.includes(part)));
      if (found) return found;
      await sleep(250);
    }
    throw new Error(`No mail has ${parts.join(', ')}.`);
  };

  test('pages through PagerDuty, with the figure, the target and where to look', async () => {
    const event = JSON.parse(await sent('/pagerduty')) as Record<string, unknown>;
    expect(event).toMatchObject({
      routing_key: 'a key of this test only',
      event_action: 'trigger',
      payload: {
        summary: 'CRITICAL: Requests fail',
        severity: 'critical',
        class: 'system_error',
        component: 'api',
        group: 'platform',
      },
    });
    const text = (event as { payload: { custom_details: { message: string } } }).payload.custom_details.message;
    for (const word of words) expect(text).toContain(word);
  }, 320_000);

  test('tells Slack the same', async () => {
    const body = JSON.parse(await sent('/slack', 'CRITICAL')) as { attachments: { title: string; text: string }[] };
    const [attachment] = body.attachments;
    expect(attachment?.title).toBe('CRITICAL: Requests fail');
    for (const word of words) expect(attachment?.text).toContain(word);
  }, 120_000);

  test('mails it to everybody at once', async () => {
    const { to, text } = await mail('CRITICAL: Requests fail');
    expect(to.sort()).toEqual(['on-call@example.org', 'platform@example.org']);
    expect(text).toContain('Subject: CRITICAL: Requests fail');
    const plain = text.replaceAll(/\s+/g, ' ');
    for (const word of words) expect(plain).toContain(word);
  }, 130_000);

  test('reaches the webhook as the JSON of Grafana, for the pager', async () => {
    const body = JSON.parse(await sent('/webhook')) as { alerts: unknown[] };
    expect(body).toMatchObject({
      receiver: 'fair-underwriting-page',
      status: 'firing',
      alerts: [
        { labels: { component: 'api', severity: 'critical' }, annotations: { summary }, values: { rate: 0.05 } },
      ],
    });
  }, 120_000);

  test('is taken back everywhere when it answers again', async () => {
    await world.sql('update service_health_samples set server_errors = 0');
    const event = JSON.parse(await sent('/pagerduty', '"event_action":"resolve"')) as Record<string, unknown>;
    expect(event).toMatchObject({ payload: { summary: 'Over: Requests fail' } });
    expect(await sent('/slack', 'Over: Requests fail')).toContain('Over since 20');
    expect((await mail('Subject: Over: Requests fail')).text).toContain('Over since 20');
  }, 320_000);
});
