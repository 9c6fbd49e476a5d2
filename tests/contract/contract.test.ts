import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalog } from '@fair-underwriting/database/contract/catalog.ts';
import {
  checkDatabase,
  expectedCatalog,
  isGood,
  reportCheck,
  withDatabase,
} from '@fair-underwriting/database/contract/check.ts';
import { documentCatalog } from '@fair-underwriting/database/contract/document.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

jest.setTimeout(60_000);

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'data-contract.md');

describe('the contract', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
  });
  afterAll(() => postgres.stop());

  // When this fails, the migrations changed: npm run check -- --write-docs on a migrated database.
  test('is what the migrations make', async () => {
    expect(await withDatabase(postgres.url, readCatalog)).toEqual(expectedCatalog());
  });

  test('has its page in the documentation', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(documentCatalog(expectedCatalog()));
  });

  test('describes every table and column', () => {
    const { tables } = expectedCatalog();
    const bare = tables.flatMap(({ name, description, columns }) => [
      ...(description ? [] : [name]),
      ...columns.filter((column) => !column.description).map((column) => `${name}.${column.name}`),
    ]);
    expect(bare).toEqual([]);
  });

  test('is kept by a migrated database without rows', async () => {
    const result = await checkDatabase(postgres.url);
    expect(result.missing).toEqual([]);
    expect(result.data.filter((finding) => finding.count !== 0)).toEqual([]);
    expect(isGood(result)).toBe(true);
    expect(reportCheck(result, postgres.url)).not.toContain(new URL(postgres.url).password || 'no password');
  });
});
