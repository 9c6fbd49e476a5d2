import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { lintModel } from '../src/model/lint.ts';

// Loading Cube's compiler takes seconds on a busy machine.
jest.setTimeout(60_000);

const folder = dirname(fileURLToPath(import.meta.url));

async function viewsWith(member: string): Promise<string[]> {
  const files = await readdir(join(folder, 'views'));
  const views = await Promise.all(
    files.map(async (file) => ({
      name: file.replace('.yml', ''),
      text: await readFile(join(folder, 'views', file), 'utf8'),
    })),
  );
  return views.filter(({ text }) => text.includes(`- ${member}\n`)).map(({ name }) => name);
}

test('the model leaves no way around its access policies', async () => {
  await expect(lintModel(folder)).resolves.toEqual([]);
});

test.each([
  ['as_of', 'shared/clock.yml'],
  ['lookback_days', 'marketing/attribution_choice.yml'],
  ['conversion_kind', 'marketing/attribution_choice.yml'],
  ['value_days', 'marketing/attribution_choice.yml'],
  ['model', 'marketing/attribution_choice.yml'],
])('a filter on %s of any view reaches %s', async (member, file) => {
  const sql = await readFile(join(folder, 'cubes', file), 'utf8');
  const heard = [...sql.matchAll(new RegExp(`FILTER_PARAMS\\.(\\w+)\\.${member}\\b`, 'g'))].map(([, view]) => view);
  const views = await viewsWith(member);
  expect(views.length).toBeGreaterThan(0);
  expect(heard.toSorted()).toEqual(views.toSorted());
});
