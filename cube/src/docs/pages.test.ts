import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { pagesOf } from './pages.ts';
import { readModel } from './read-model.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = join(root, 'docs', 'metrics');
const views = readModel(join(root, 'cube', 'model'));

// When this fails, the models changed: npm run docs.
test('the pages of docs/metrics are those of the models', () => {
  const pages = pagesOf(views);
  const stale = [...pages].filter(([file, text]) => {
    const isThere = readdirSync(folder).includes(file);
    return !isThere || readFileSync(join(folder, file), 'utf8') !== text;
  });
  expect(stale.map(([file]) => file)).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});

test('every member says what it is', () => {
  const bare = views.flatMap((view) =>
    view.members.filter((member) => member.definition === '').map((member) => `${view.name}.${member.name}`),
  );
  expect(bare).toEqual([]);
});

test('a page tells definition, formula, kind and who may see it', () => {
  const text = pagesOf(views).get('churn_risk.md');
  expect(text).toContain('`churn_risk.churn_probability`: ');
  expect(text).toContain('- Formula: `');
  expect(text).toMatch(/`churn_risk\.customer_id`: .*\n\n.*\n.*\n- Roles: executive, operations, clinical\n/);
  expect(text).toContain('"churn_risk.scored_customers"');
  expect(text).toContain('from churn_risk');
});
