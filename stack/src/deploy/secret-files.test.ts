import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeSecretFiles } from './secret-files.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'fua-secrets-')), 'secrets');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
const mode = (path: string) => statSync(path).mode & 0o777;

test('secrets are long and differ, and only their owner gets to them', () => {
  const made = writeSecretFiles(folder);
  expect(made).toHaveLength(12);
  const passwords = made
    .filter((name) => name !== 'database_url')
    .map((name) => (name.endsWith('_url') ? new URL(read(name)).password : read(name)));
  expect(new Set(passwords).size).toBe(11);
  for (const password of passwords) expect(password).toMatch(/^[0-9a-f]{64}$/);
  expect(mode(folder)).toBe(0o700);
  for (const name of made) expect(mode(join(folder, name))).toBe(0o444);
});

test("the owner's connection has the password that Postgres starts with", () => {
  writeSecretFiles(folder, 'db.example.org:6432');
  expect(read('database_url')).toBe(
    `postgres://fair_underwriting:${read('postgres_password')}@db.example.org:6432/fair_underwriting`,
  );
  expect(new URL(read('cube_database_url')).username).toBe('cube_reader');
  expect(new URL(read('cohorts_database_url')).username).toBe('cohort_writer');
  expect(new URL(read('audit_database_url')).username).toBe('audit_writer');
  expect(new URL(read('ml_database_url')).username).toBe('churn_writer');
  expect(new URL(read('alert_database_url')).username).toBe('alert_writer');
});

test('again only what was removed is made', () => {
  writeSecretFiles(folder);
  const before = read('cube_api_secret');
  const other = read('grafana_secret_key');
  expect(writeSecretFiles(folder)).toEqual([]);
  rmSync(join(folder, 'cube_api_secret'));
  expect(writeSecretFiles(folder)).toEqual(['cube_api_secret']);
  expect(read('cube_api_secret')).not.toBe(before);
  expect(read('grafana_secret_key')).toBe(other);
});
