/** @jest-environment ./ml-service/test-support/environment.mjs */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { servingVersion } from '@fair-underwriting/ml-service/src/registry/registry.ts';
import { addModel } from '../churn-service/model.ts';
import { openDatabase, type ChurnDatabase } from './database.ts';

jest.setTimeout(120_000);

let db: ChurnDatabase;
let folder = '';
beforeAll(async () => {
  db = await openDatabase();
  folder = await mkdtemp(join(tmpdir(), 'fua-models-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await db.stop();
});

/** Runs a command as a person would. */
function run(command: 'models' | 'train' | 'score', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('ml-service', 'src', 'cli', `${command}.ts`), ...args],
    {
      cwd: join(import.meta.dirname, '..', '..'),
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: db.url, ML_MODEL_DIR: folder },
    },
  );
  return { status, stdout, stderr };
}

test('without models the commands say what to do', () => {
  expect(run('models')).toEqual({ status: 0, stdout: 'No model yet: npm run train trains one.\n', stderr: '' });
  expect(run('score')).toEqual({ status: 1, stdout: '', stderr: 'No model yet: npm run train trains one.\n' });
  expect(run('models', 'rollback').stderr).toBe('No model has been promoted, so that none can be rolled back.\n');
  expect(run('train')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^There is nothing to train on: /) });
});

test('models are promoted, and rolled back in turn', async () => {
  for (const version of ['a', 'b', 'c']) await addModel(db.url, folder, version);
  expect(run('models', 'promote', 'a')).toMatchObject({ status: 0, stdout: 'a serves.\n' });
  expect(await servingVersion(db.client)).toBe('a');
  for (const version of ['c', 'b', 'a']) {
    expect(run('models', 'rollback')).toMatchObject({ status: 0, stdout: `${version} serves again.\n` });
    expect(await servingVersion(db.client)).toBe(version);
  }
  expect(run('models', 'rollback')).toMatchObject({
    status: 1,
    stderr: 'a is the first model that was promoted: there is none to go back to.\n',
  });
  const lines = run('models', 'list').stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.slice(0, 3)).sort()).toEqual(['  b', '  c', '* a']);
});

test('a model without its files does not begin to serve', async () => {
  run('models', 'promote', 'b');
  run('models', 'promote', 'c');
  await rm(join(folder, 'b'), { recursive: true });
  expect(run('models', 'rollback')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('b/model.json is missing'),
  });
  expect(run('models', 'promote', 'b').stderr).toContain('b/model.json is missing. Restore it or train again.');
  expect(await servingVersion(db.client)).toBe('c');
});

test.each([
  ['models', ['promote', 'nobody'], 'There is no model nobody: npm run models -- list shows those there are.'],
  ['models', ['promote'], 'promote takes one version.'],
  ['models', ['demote', 'a'], '"demote a" is no command.'],
  ['train', ['--seed', 'x'], '--seed must be a whole number below 1000000000, not "x".'],
  ['score', ['--chunk', '0'], '--chunk must be a whole number from 1 to 999999, not "0".'],
] as const)('npm run %s %j says what is wrong', (command, args, message) => {
  const { status, stdout, stderr } = run(command, ...args);
  expect([status, stdout, stderr.split('\n')[0]]).toEqual([1, '', message]);
});
