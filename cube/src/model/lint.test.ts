import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { lintModel } from './lint.ts';

// Loading Cube's compiler takes seconds on a busy machine.
jest.setTimeout(60_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fua-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

const cube = (rest = 'public: false') => `
cubes:
  - name: things
    ${rest}
    sql: select 1 as id
    dimensions:
      - name: id
        sql: id
        type: number
        primary_key: true
    measures:
      - name: count
        type: count
`;
const view = (rest: string) => `
views:
  - name: shown
    cubes:
      - join_path: things
        includes: '*'
${rest}`;
const policy = (...lines: string[]) => `    access_policy:\n${lines.map((line) => `      ${line}`).join('\n')}`;
const everything = ['  member_level:', "    includes: '*'"];

async function problems(model: string): Promise<string[]> {
  await writeFile(join(folder, 'model.yml'), model);
  return lintModel(folder);
}

test('the fixture model is sound', async () => {
  expect(await lintModel(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'test-fixtures', 'model'))).toEqual(
    [],
  );
});

test('a view with a policy for a role is sound', async () => {
  expect(await problems(cube() + view(policy('- group: payer', ...everything)))).toEqual([]);
});

const partitioned = `    pre_aggregations:
      - name: by_day
        measures: [count]
        time_dimension: at
        granularity: day
        partition_granularity: month
`;
const time = `    dimensions:
      - name: at
        sql: now()
        type: time
`;

test.each([
  [
    'a partitioned rollup',
    cube().replace('    dimensions:\n', time) + partitioned,
    'Rollup things.by_day is partitioned',
  ],
  ['a view without a policy', cube() + view(''), 'no access policy'],
  ['a public cube', cube('public: true') + view(policy('- group: payer', ...everything)), 'Cube things is public'],
  [
    'a cube that does not say',
    cube('title: Things') + view(policy('- group: payer', ...everything)),
    'Cube things is public',
  ],
  ['an unknown role', cube() + view(policy('- group: root', ...everything)), 'one known role'],
  ['a policy of several roles', cube() + view(policy('- groups: [payer, analyst]', ...everything)), 'one known role'],
  [
    'two policies for one role',
    cube() + view(policy('- group: payer', ...everything, '- group: payer', ...everything)),
    'several policies',
  ],
  [
    'a policy without members',
    cube() + view(policy('- group: payer', '  row_level:', '    allow_all: true')),
    'member_level',
  ],
  [
    'a condition',
    cube() + view(policy('- group: payer', ...everything, '  conditions:', '    - if: "{ security_context.vip }"')),
    'conditions are not supported',
  ],
  [
    'a masked measure',
    cube() + view(policy('- group: payer', ...everything, '  member_masking:', '    includes:', '      - count')),
    'masked measure',
  ],
])('%s is found', async (_what, model, message) => {
  const found = await problems(model);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});
