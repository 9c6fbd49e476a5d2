import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { roles } from '@fair-underwriting/cube/src/auth/roles.ts';
import { openEmpty, type DataSet } from '../conformance/support/data-sets.ts';

jest.setTimeout(120_000);

let set: DataSet;
beforeAll(async () => {
  const fixture = await readFile(join(import.meta.dirname, '..', 'conformance', 'fixtures', 'payer-value.sql'), 'utf8');
  set = await openEmpty(`
    insert into payers (name, payer_type) values ('Acme Health', 'commercial_insurance'), ('Old Age', 'medicare');
    update reporting.settings set as_of = '2026-04-30T12:00Z';
    ${fixture}`);
});
afterAll(() => set.stop());

const byPayer = (view: string, measure: string) => ({
  measures: [`${view}.${measure}`],
  dimensions: [
    `${view}.payer`,
    ...(view === 'payer_balance' ? [`${view}.covariate`] : [`${view}.level`, `${view}.contract`, `${view}.quarter`]),
  ],
});
const views = [
  ['payer_value', 'patients', ['executive', 'operations', 'analyst', 'payer', 'data_steward']],
  ['payer_balance', 'smd_after', ['executive', 'operations', 'clinical', 'analyst', 'payer', 'data_steward']],
  ['payer_value_clinical', 'patients', ['clinical']],
] as const;

async function names(role: string, view: string, measure: string, payer?: string): Promise<unknown> {
  const token = set.cube.token(role, 'tester', payer);
  const { status, body } = await set.cube.post('load', { query: byPayer(view, measure) }, token);
  if (status !== 200) return status;
  return [...new Set((body.data as Record<string, string>[]).map((row) => row[`${view}.payer`]))].sort();
}

describe.each(views)('%s', (view, measure, allowed) => {
  test.each(roles.map((role) => [role]))('as %s', async (role) => {
    const isAllowed = (allowed as readonly string[]).includes(role);
    const all = ['Acme Health', 'Old Age', 'all'];
    expect(await names(role, view, measure)).toEqual(!isAllowed ? 403 : role === 'payer' ? [] : all);
  });

  test('as a payer of a name', async () => {
    if (!(allowed as readonly string[]).includes('payer')) return;
    expect(await names('payer', view, measure, 'Acme Health')).toEqual(['Acme Health']);
    expect(await names('payer', view, measure, 'Old Age')).toEqual(['Old Age']);
    expect(await names('payer', view, measure, 'all')).toEqual([]);
    expect(await names('payer', view, measure, 'Acme')).toEqual([]);
  });
});

async function meta(role: string): Promise<Map<string, string[]>> {
  const { body } = await set.cube.get('meta', set.cube.token(role));
  const cubes = body['cubes'] as { name: string; measures: { name: string }[]; dimensions: { name: string }[] }[];
  return new Map(
    cubes.map(({ name, measures, dimensions }) => [name, [...measures, ...dimensions].map((one) => one.name)]),
  );
}

test('a payer sees these views and no other, and not what part of the revenue it is', async () => {
  const seen = await meta('payer');
  expect([...seen.keys()].sort()).toEqual(['payer_balance', 'payer_value']);
  expect(seen.get('payer_value')).not.toContain('payer_value.revenue_share');
  expect(seen.get('payer_value')).toContain('payer_value.savings_per_patient_low');
  expect((await meta('executive')).get('payer_value')).toContain('payer_value.revenue_share');
});

test('neither payers nor marketing see a genotype; marketing sees no payer', async () => {
  for (const role of ['payer', 'marketing']) {
    const members = [...(await meta(role)).values()].flat();
    expect(members.length).toBeGreaterThan(50);
    expect(members.filter((name) => /genotype/.test(name))).toEqual([]);
    if (role === 'marketing') expect(members.filter((name) => /\.payer$/.test(name))).toEqual([]);
  }
});

test('nothing hidden comes back through a filter or an order', async () => {
  const query = (filters: object[]) => ({
    measures: ['payer_value.patients'],
    dimensions: ['payer_value.payer', 'payer_value.level', 'payer_value.quarter'],
    filters: [{ member: 'payer_value.is_suppressed', operator: 'equals', values: ['true'] }, ...filters],
  });
  const hidden = (await set.cube.load(query([]))).filter((row) => row['payer_value.patients'] === null);
  expect(hidden.length).toBeGreaterThan(0);
  const guesses = await set.cube.load(
    query([{ member: 'payer_value.patients', operator: 'lte', values: ['1000000'] }]),
  );
  expect(guesses.filter((row) => row['payer_value.patients'] === null)).toEqual([]);
});
