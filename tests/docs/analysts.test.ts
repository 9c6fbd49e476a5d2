import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleQuery } from '@fair-underwriting/cube/src/docs/pages.ts';
import { readModel } from '@fair-underwriting/cube/src/docs/read-model.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openDemo, type DataSet } from '../conformance/support/data-sets.ts';
import { agreedFigures } from './agreed-figures.ts';
import { mrrByMonth } from './mrr-by-month.ts';

jest.setTimeout(180_000);

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'analysts.md'), 'utf8');
/** Each query of the page with the role that it is asked as. */
const recipes = [...page.matchAll(/As `(\w+)`:\s+```json\n(.*?)```/gs)].map(([, role = '', text = '']) => ({
  role,
  query: JSON.parse(text) as Record<string, unknown>,
  words: (JSON.parse(text) as { measures: string[] }).measures[0] ?? '',
}));

let set: DataSet;
beforeAll(async () => {
  set = await openDemo();
});
afterAll(() => set.stop());

describe('the page for analysts', () => {
  test('has queries for each of the five questions', () => {
    const cookbook = page.slice(page.indexOf('## Cookbook')).split('### ').slice(1);
    expect(cookbook).toHaveLength(5);
    for (const recipe of cookbook) expect(recipe).toContain('```json');
  });

  test.each(recipes)('$words as $role is answered with rows', async ({ role, query }) => {
    const { status, body } = await set.cube.post('load', { query, queryType: 'multi' }, set.cube.token(role));
    expect([status, body.error]).toEqual([200, undefined]);
    for (const { data } of body.results as { data: Record<string, unknown>[] }[]) {
      expect(data.some((row) => Object.values(row).some((value) => value !== null))).toBe(true);
    }
  });

  test('shows the very client that is run here', () => {
    const source = readFileSync(join(import.meta.dirname, 'mrr-by-month.ts'), 'utf8');
    expect(page).toContain(`\`\`\`ts\n${source}\`\`\``);
  });

  test('the client reads what the database holds', async () => {
    const months = await mrrByMonth(set.cube.url, set.cube.token('analyst'));
    expect(months.length).toBeGreaterThan(12);
    const last = months.at(-1);
    const [standing] = await set.cube.load({
      measures: ['revenue.mrr'],
      timeDimensions: [{ dimension: 'revenue.as_of', dateRange: ['2026-03-31', '2026-03-31'] }],
    });
    expect(last).toMatchObject({ month: '2026-03', closing: standing?.['revenue.mrr'] });
  });
});

describe('the catalogue', () => {
  const views = readModel(join(root, 'cube', 'model'));

  test.each(views.map((view) => ({ name: view.name, view })))('the example of $name is answered', async ({ view }) => {
    for (const role of view.roles) {
      const { status, body } = await set.cube.post('load', { query: exampleQuery(view) }, set.cube.token(role));
      expect([role, status, body.error]).toEqual([role, 200, undefined]);
    }
  });

  const figures = Object.entries(agreedFigures).flatMap(([domain, names]) =>
    Object.entries(names).map(([figure, line]) => ({ domain, figure, line })),
  );

  test.each(figures)('has $figure of $domain, with its definition', ({ line }) => {
    const [viewName = '', names = ''] = line.split(': ');
    const view = views.find(({ name }) => name === viewName);
    const members = names.split(' ').map((name) => view?.members.find((member) => member.name === name));
    expect(names.split(' ').filter((_, index) => members[index] === undefined)).toEqual([]);
    for (const member of members) {
      expect(member?.title).toMatch(/\S/);
      expect(member?.definition).toMatch(/\S/);
      expect(member?.roles).not.toEqual([]);
    }
  });

  test('tells of each member the roles that Cube opens it to', async () => {
    const said = new Map<string, string[]>();
    for (const view of views) {
      for (const { name, roles } of view.members) {
        for (const role of roles) said.set(role, [...(said.get(role) ?? []), `${view.name}.${name}`]);
      }
    }
    for (const [role, names] of said) {
      const { body } = await set.cube.get('meta', set.cube.token(role));
      const { cubes } = body as unknown as { cubes: Record<string, { name: string }[]>[] };
      const seen = cubes.flatMap(({ measures = [], dimensions = [], segments = [] }) =>
        [...measures, ...dimensions, ...segments].map(({ name }) => name),
      );
      expect([role, names.sort()]).toEqual([role, seen.sort()]);
    }
  });
});
