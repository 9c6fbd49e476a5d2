import { readFileSync } from 'node:fs';
import { importDirectory } from '@fair-underwriting/database/import/import.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startPostgres } from '../support/postgres.ts';
import { convertLab } from './convert-lab.ts';
import { dataSet } from './files.ts';
import { loadIntoCube, withFolder, type Loaded } from './loaded.ts';

const source = dataSet('lab-turnaround.csv');
jest.setTimeout(120_000);

// The answers were computed from the file independently of this project.
(source ? describe : describe.skip)('tests of a hospital laboratory', () => {
  test('the one negative duration is refused with its line, and nothing is loaded', async () => {
    const postgres = await startPostgres();
    try {
      await migrate(postgres.url);
      const lines = readFileSync(source ?? '', 'utf8').split('\n');
      const negative = lines.findIndex((line) => line.split(',').at(-1)?.startsWith('-')) + 1;
      expect(negative).toBeGreaterThan(1);
      await withFolder(async (dir) => {
        await convertLab(source ?? '', dir, { withoutNegative: false });
        await expect(importDirectory({ databaseUrl: postgres.url, dir })).rejects.toMatchObject({
          count: 1,
          problems: [
            {
              file: 'test_orders.csv',
              line: negative,
              column: expect.stringContaining('results_received_at'),
              reason: expect.stringContaining('results_received_at >= '),
            },
          ],
        });
        await convertLab(source ?? '', dir, { withoutNegative: true });
        // The same keys go in: the refused import left nothing behind.
        const files = await importDirectory({ databaseUrl: postgres.url, dir, dryRun: true });
        expect(files.find((file) => file.table === 'test_orders')?.rows).toBe(15_523);
      });
    } finally {
      await postgres.stop();
    }
  });

  describe('the others, imported and asked for through Cube', () => {
    let loaded: Loaded;

    beforeAll(async () => {
      // The longest way to the laboratory is said to have taken seven years.
      loaded = await loadIntoCube(
        (dir) => convertLab(source ?? '', dir, { withoutNegative: true }),
        '2028-01-01T00:00:00Z',
      );
    });
    afterAll(() => loaded.stop());

    test.each([
      ['collection_to_receipt_hours', ['1.9', '5.7', '8.0']],
      ['receipt_to_result_hours', ['5.0', '7.9', '9.5']],
    ])('%s has the known percentiles', async (measure, expected) => {
      const measures = ['p50', 'p90', 'p95'].map((percentile) => `lab_tests.${measure}_${percentile}`);
      const [row = {}] = await loaded.cube.load({ measures });
      expect(measures.map((name) => Number(row[name]).toFixed(1))).toEqual(expected);
    });

    test('every one of them counts as completed', async () => {
      const rows = await loaded.cube.load({ measures: ['lab_tests.tests_completed'] });
      expect(rows.map((row) => Number(row['lab_tests.tests_completed']))).toEqual([15_523]);
    });
  });
});
