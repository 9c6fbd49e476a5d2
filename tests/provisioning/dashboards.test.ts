import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CubeQuery } from '@fair-underwriting/provisioning/src/cube-query.ts';
import { allPanels } from '@fair-underwriting/provisioning/src/dashboard.ts';
import { dashboards } from '@fair-underwriting/provisioning/src/dashboards/all.ts';
import { files } from '@fair-underwriting/provisioning/src/files.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openDemo, type DataSet } from '../conformance/support/data-sets.ts';
import { restQuery } from './stored-query.ts';

jest.setTimeout(180_000);

const provisioning = join(import.meta.dirname, '..', '..', 'provisioning');
/** The year that ends with the demo data. */
const range: [string, string] = ['2025-04-01', '2026-03-31'];

interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  targets?: unknown[];
}

const panels = dashboards.flatMap((dashboard) =>
  allPanels(dashboard).flatMap((built) => {
    const panel = built as unknown as Panel;
    const queries = (panel.targets ?? []) as CubeQuery[];
    return queries.map((query) => ({ dashboard: dashboard.title ?? '', panel, query }));
  }),
);
const named = panels.map((entry) => ({ ...entry, title: entry.panel.title, refId: entry.query.refId }));

describe('dashboards', () => {
  let set: DataSet;
  beforeAll(async () => {
    set = await openDemo();
  });
  afterAll(() => set.stop());

  test('the files are what the code makes', async () => {
    const made = await files();
    for (const [path, content] of made) expect(readFileSync(join(provisioning, path), 'utf8')).toBe(content);
    const kept = readdirSync(join(provisioning, 'dashboards')).filter((name) => name.endsWith('.json'));
    expect(kept.map((name) => `dashboards/${name}`).sort()).toEqual(
      [...made.keys()].filter((path) => path.startsWith('dashboards/')).sort(),
    );
  });

  test('every panel says what it shows, and ids and uids are its own', () => {
    const uids = dashboards.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    for (const dashboard of dashboards) {
      const ids = allPanels(dashboard).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(panels.filter(({ panel }) => (panel.description ?? '').length < 20)).toEqual([]);
  });

  test.each(named)('$dashboard: $title ($refId) answers with rows', async ({ query }) => {
    const rows = await set.cube.load(restQuery(query, range), 'executive');
    expect(rows.length).toBeGreaterThan(0);
    // Payers with few patients have rows whose figures are suppressed.
    if (query.view === 'payer_value') return;
    const told = query.measures.length > 0 ? query.measures : query.dimensions;
    const values = rows.flatMap((row) => told.map((member) => row[member]));
    expect(values.some((value) => value !== null && value !== undefined)).toBe(true);
  });

  test('links lead to dashboards that are there', () => {
    const text = JSON.stringify(dashboards);
    const linked = [...text.matchAll(/"url":"\/d\/([^"/?]+)/g)].map(([, uid]) => uid);
    expect(linked.length).toBeGreaterThan(0);
    const uids = dashboards.map(({ uid }) => uid);
    expect(linked.filter((uid) => !uids.includes(uid))).toEqual([]);
  });
});
