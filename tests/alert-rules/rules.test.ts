import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entityLabels } from '@fair-underwriting/alert-service/src/webhook/report.ts';
import { ruleGroups } from '@fair-underwriting/provisioning/src/alerts/all.ts';
import type { CubeQuery } from '@fair-underwriting/provisioning/src/cube-query.ts';
import { allPanels } from '@fair-underwriting/provisioning/src/dashboard.ts';
import { dashboards } from '@fair-underwriting/provisioning/src/dashboards/all.ts';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const rules = ruleGroups.flatMap((group) => group.rules);

const queriesOf = (rule: (typeof rules)[number]) => rule.data.flatMap(({ model }) => ('view' in model ? [model] : []));
const named = (text: string, what: string) =>
  [...text.matchAll(new RegExp(`\\$${what}\\.(\\w+)`, 'g'))].map(([, name]) => name);

describe('alert rules', () => {
  test('uids and titles are their own', () => {
    for (const key of ['uid', 'title'] as const) {
      const all = rules.map((rule) => rule[key]);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test('each has a runbook, and each runbook a rule', () => {
    const kept = readdirSync(join(root, 'docs', 'runbooks')).map((name) => `docs/runbooks/${name}`);
    expect(kept.sort()).toEqual(rules.map(({ annotations }) => annotations.runbook_url).sort());
  });
});

const guide = readFileSync(join(root, 'docs', 'alerting.md'), 'utf8');

describe.each(rules)('$uid', (rule) => {
  const { annotations, labels, data } = rule;
  const refIds = data.map(({ refId }) => refId);

  test('says how bad, whose, how long, what and why', () => {
    expect(labels.severity).toMatch(/^(low|medium|high|critical)$/);
    for (const value of Object.values(labels)) expect(value).toMatch(/^[a-z_]+$/);
    expect(rule.for).toMatch(/^\d+[smhd]$/);
    expect(annotations.summary.length).toBeGreaterThan(60);
    expect(annotations.description.length).toBeGreaterThan(60);
  });

  test('names only steps and dimensions that it has, the figure among them', () => {
    const used = named(Object.values(annotations).join(' '), 'values');
    expect(used.filter((name) => !refIds.includes(name ?? ''))).toEqual([]);
    expect(named(annotations.summary, 'values')).toEqual(
      expect.arrayContaining(named(annotations.value, 'values').concat(named(annotations.threshold, 'values'))),
    );
    expect(annotations.threshold).toMatch(/^(-?[\d.]+|\{\{ \$values\.\w+\.Value \}\})$/);
    const dimensions = queriesOf(rule).flatMap((query) => query.dimensions.map((name) => name.split('.')[1]));
    const summary = named(annotations.summary, 'labels');
    expect(summary.filter((name) => !dimensions.includes(name))).toEqual([]);
    // An alert per thing names it.
    expect(dimensions.length > 0).toBe(summary.length > 0);
  });

  test('is about something that the alert service can name', () => {
    const [first] = queriesOf(rule);
    const dimension = first?.dimensions[0]?.split('.')[1];
    expect(entityLabels[labels.entity]).toBe(dimension);
    expect(labels.entity === 'company').toBe(dimension === undefined);
  });

  test('each step rests on those before it, and the last decides', () => {
    expect(rule.condition).toBe(refIds.at(-1));
    data.forEach(({ model, refId }, index) => {
      expect(model.refId).toBe(refId);
      if ('view' in model) return;
      const operands =
        model.type === 'math' ? [...model.expression.matchAll(/\$(\w+)/g)].map(([, name]) => name) : [model.expression];
      expect(operands.filter((name) => !refIds.slice(0, index).includes(name ?? ''))).toEqual([]);
    });
  });

  test('each query asks for one figure, in a range', () => {
    for (const { model, relativeTimeRange } of data) {
      if (!('view' in model)) continue;
      expect(model.measures).toHaveLength(1);
      expect(relativeTimeRange?.from).toBeGreaterThan(relativeTimeRange?.to ?? Infinity);
    }
  });

  test('leads to a panel that shows its figure', () => {
    const dashboard = dashboards.find(({ uid }) => uid === annotations.__dashboardUid__);
    const panel = dashboard && allPanels(dashboard).find(({ id }) => id === Number(annotations.__panelId__));
    const shown = ((panel && 'targets' in panel ? panel.targets : []) as unknown as CubeQuery[]).flatMap(
      ({ measures }) => measures,
    );
    const measures = queriesOf(rule).flatMap((query) => query.measures);
    expect(shown.filter((measure) => measures.includes(measure))).not.toEqual([]);
  });

  test('has its line in the guide', () => {
    const name = rule.uid.slice('fua-'.length);
    const line = guide.split('\n').find((one) => one.includes(`(runbooks/${name}.md)`));
    expect(line?.split('|').map((cell) => cell.trim())).toEqual(
      expect.arrayContaining([`[${name}](runbooks/${name}.md)`, labels.severity, labels.team]),
    );
  });

  test('has a runbook for a person on call', () => {
    const text = readFileSync(join(root, annotations.runbook_url), 'utf8');
    expect(text.startsWith(`# ${rule.title}\n`)).toBe(true);
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      'What it means',
      'Check',
      'Act',
      'Tell',
      'When it ends',
    ]);
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => `docs/runbooks/${target ?? ''}`);
    const runbooks = rules.map((other) => other.annotations.runbook_url);
    expect(links.filter((link) => !runbooks.includes(link))).toEqual([]);
  });
});
