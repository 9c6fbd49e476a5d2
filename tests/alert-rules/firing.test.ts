import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleGroups } from '@fair-underwriting/provisioning/src/alerts/all.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { openEmpty } from '../conformance/support/data-sets.ts';
import type { TestCube } from '../support/cube.ts';
import { evaluate } from './evaluate.ts';
import { inTrouble, openScenario, scenarioNow, type Scenario } from './scenario.ts';

jest.setTimeout(180_000);

const root = join(import.meta.dirname, '..', '..');
const rules = ruleGroups.flatMap((group) => group.rules);

/** Whom alert evaluations ask as. */
const { datasources } = parse(readFileSync(join(root, 'provisioning', 'datasources', 'cube.yml'), 'utf8')) as {
  datasources: [{ jsonData: { alertRoles: string[] } }];
};
const { alertRoles } = datasources[0].jsonData;

describe('the rules on constructed data', () => {
  let scenario: Scenario;
  let cube: TestCube;
  beforeAll(async () => {
    scenario = await openScenario();
  });
  afterAll(() => scenario.stop());
  const verdicts = (uid: string) => {
    const rule = rules.find((one) => one.uid === uid);
    if (!rule) throw new Error(`There is no rule ${uid}.`);
    return evaluate(rule, (query) => cube.load(query, alertRoles), scenarioNow);
  };

  test('every rule is tried', () => {
    expect(Object.keys(inTrouble).sort()).toEqual(rules.map(({ uid }) => uid).sort());
  });

  describe('in trouble', () => {
    beforeAll(async () => {
      cube = await scenario.enter('trouble');
    });

    test.each(rules)('$uid fires, for the one thing that is wrong, with figure and target', async (rule) => {
      const fired = (await verdicts(rule.uid)).filter(({ fires }) => fires === true);
      const { labels, value, target } = inTrouble[rule.uid] ?? {};
      expect(fired.map((verdict) => verdict.labels)).toEqual([labels]);
      const figure = (text: string) => {
        const [, step] = /\$values\.(\w+)\./.exec(text) ?? [];
        return step === undefined ? Number(text) : fired[0]?.values[step];
      };
      for (const [text, wanted] of [
        [rule.annotations.value, value],
        [rule.annotations.threshold, target],
      ] as const) {
        expect(figure(text)).toEqual(wanted === undefined ? expect.any(Number) : expect.closeTo(wanted, 4));
      }
    });
  });

  describe('when all is well again', () => {
    beforeAll(async () => {
      cube = await scenario.enter('calm');
    });

    test.each(rules)('$uid has looked, and rests', async ({ uid }) => {
      const found = await verdicts(uid);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(({ fires }) => fires !== false)).toEqual([]);
    });

    test.each(rules)("the questions of $uid's runbook have answers", async ({ annotations }) => {
      const text = readFileSync(join(root, annotations.runbook_url), 'utf8');
      const questions = [...text.matchAll(/npm run query -- '([^']+)'/g)].map(
        ([, json]) => JSON.parse(json ?? '') as object,
      );
      expect(questions.length).toBeGreaterThan(0);
      for (const question of questions) await cube.load(question);
    });

    test('alerts see of money and marketing what the rules ask for, and no more', async () => {
      const answer = await cube.get('meta', cube.token(alertRoles));
      type Members = { name: string }[];
      const { cubes } = answer.body as unknown as {
        cubes: { name: string; measures: Members; dimensions: Members }[];
      };
      const asked = rules.flatMap(({ data }) => data.flatMap(({ model }) => ('view' in model ? model.measures : [])));
      const views = ['attribution', 'cash', 'mrr_movements', 'payer_revenue', 'unit_economics'];
      const measures = cubes
        .filter(({ name }) => views.includes(name))
        .flatMap((view) => view.measures.map(({ name }) => name));
      expect(measures.sort()).toEqual(
        [...new Set(asked.filter((name) => views.includes(name.split('.')[0] ?? '')))].sort(),
      );
      for (const view of ['cash_flows', 'margins', 'revenue', 'net_revenue', 'test_economics', 'journeys']) {
        expect(cubes.map(({ name }) => name)).not.toContain(view);
      }
    });
  });
});

test('without any data nothing fires but the jobs that never ran', async () => {
  const set = await openEmpty(`update reporting.settings set as_of = '2026-03-31 23:59:59.999+00'`);
  try {
    const fired: string[] = [];
    for (const rule of rules) {
      const found = await evaluate(rule, (query) => set.cube.load(query, alertRoles), scenarioNow);
      fired.push(
        ...found.filter(({ fires }) => fires === true).map(({ labels }) => `${rule.uid} ${labels['job'] ?? ''}`),
      );
    }
    const jobs = ['attribution_fit', 'churn_scoring', 'forecast', 'payer_value', 'revenue_retention'];
    expect(fired.sort()).toEqual(jobs.map((job) => `fua-late-job ${job}`));
  } finally {
    await set.stop();
  }
});
