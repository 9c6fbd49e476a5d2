import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrangeProvisioning, contactVariables } from '@fair-underwriting/stack/src/grafana/provisioning.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const script = join(root, 'docker', 'with-contact-points.sh');

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fua-provisioning-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Names and contents of what Grafana's alerting is provisioned from. */
function alertingIn(folder: string): Record<string, string> {
  const alerting = join(folder, 'alerting');
  return Object.fromEntries(readdirSync(alerting).map((name) => [name, readFileSync(join(alerting, name), 'utf8')]));
}

interface File {
  contactPoints?: { name: string; receivers: { uid: string; settings: Record<string, unknown> }[] }[];
  deleteContactPoints?: { uid: string }[];
  policies?: { receiver: string; routes: { receiver: string; mute_time_intervals?: string[] }[] }[];
  muteTimes?: { name: string }[];
  templates?: { template: string }[];
}

const choices: Record<string, string>[] = [
  {},
  { ALERT_EMAIL: 'on-call@example.org; operations@example.org' },
  Object.fromEntries(contactVariables().map((name) => [name, `value of ${name}`])),
];

describe.each(choices)('with %o', (env) => {
  test('npm start and the container give Grafana the same', () => {
    const arranged = join(dir, 'arranged');
    arrangeProvisioning(arranged, env);
    const { stdout, stderr } = spawnSync('sh', [script, 'sh', '-c', 'printf %s "$GF_PATHS_PROVISIONING"'], {
      env: { PATH: process.env['PATH'], TMPDIR: dir, GF_PATHS_PROVISIONING: join(root, 'provisioning'), ...env },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(alertingIn(stdout)).toEqual(alertingIn(arranged));
    for (const name of ['dashboards', 'datasources', 'plugins']) {
      expect(readdirSync(join(stdout, name))).toEqual(readdirSync(join(arranged, name)));
      expect(readdirSync(join(arranged, name))).toEqual(readdirSync(join(root, 'provisioning', name)));
    }
  });

  test('names each way to be told where its variable is set, and takes it back where not', () => {
    arrangeProvisioning(dir, env);
    const files = Object.values(alertingIn(dir)).map((text) => JSON.parse(text) as File);
    const given = files.flatMap(({ contactPoints = [] }) => contactPoints);
    const named = new Set([...JSON.stringify(given).matchAll(/\$([A-Z_]+)/g)].map(([, name]) => name));
    const always = ['ALERT_SERVICE_WEBHOOK', 'ALERT_WEBHOOK_SECRET', 'ALERT_WEBHOOK_TOKEN'];
    // Which may be empty.
    const beside = 'PAGERDUTY_INTEGRATION_KEY' in env ? ['PAGERDUTY_URL'] : [];
    expect([...named].sort()).toEqual([...always, ...beside, ...Object.keys(env)].sort());

    const uids = given.flatMap(({ receivers }) => receivers.map(({ uid }) => uid));
    expect(new Set(uids).size).toBe(uids.length);
    const gone = files.flatMap(({ deleteContactPoints = [] }) => deleteContactPoints.map(({ uid }) => uid));
    expect(uids.filter((uid) => gone.includes(uid))).toEqual([]);
    // All that there ever is, is given or taken back.
    const every = Object.fromEntries(contactVariables().map((name) => [name, 'x']));
    const all = join(dir, 'all');
    arrangeProvisioning(all, every);
    const known = [...JSON.stringify(alertingIn(all)).matchAll(/\\"uid\\": \\"(fua-(?:record|teams|page)-\w[\w-]*)/g)];
    expect(known.map(([, uid = '']) => uid).filter((uid) => !uids.includes(uid) && !gone.includes(uid))).toEqual([]);

    // A policy that names a contact point or a mute time that is not there keeps Grafana from starting.
    const names = given.map(({ name }) => name);
    const mutes = files.flatMap(({ muteTimes = [] }) => muteTimes.map(({ name }) => name));
    for (const { receiver, routes } of files.flatMap(({ policies = [] }) => policies)) {
      expect(names).toContain(receiver);
      for (const route of routes) {
        expect(names).toContain(route.receiver);
        for (const mute of route.mute_time_intervals ?? []) expect(mutes).toContain(mute);
      }
    }
    const messages = files.flatMap(({ templates = [] }) => templates.map(({ template }) => template)).join('');
    const used = [...JSON.stringify(given).matchAll(/template \\"(\w+\.\w+)\\"/g)].map(([, name = '']) => name);
    for (const name of used) expect(messages).toContain(`{{ define "${name}"`);
  });
});
