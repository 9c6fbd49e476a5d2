import { expect, test as base } from '@grafana/plugin-e2e';
import type { APIRequestContext } from '@playwright/test';

export { expect };

/** Grafana's tests; each is left out where there is no Grafana. */
export const test = base;
test.skip(
  process.env.GRAFANA_URL === undefined && process.env.GRAFANA_HOME === undefined,
  'There is no Grafana: set GRAFANA_HOME or GRAFANA_URL'
);

export const cube = { type: 'fairunderwriting-cube-datasource', uid: 'fua-cube' };

/** The year to the last day of the demo data. */
export const range = { from: 'now-12M/M', to: 'now' };

/** A query as a panel stores it. */
export function query(part: object) {
  const empty = { measures: [], dimensions: [], filters: [], segments: [], order: [], format: 'table' };
  return { refId: 'A', datasource: cube, kind: 'view', version: 1, ...empty, ...part };
}

export function panel(id: number, title: string, target: object, type = 'table') {
  return { id, type, title, datasource: cube, gridPos: { x: 0, y: (id - 1) * 9, w: 24, h: 9 }, targets: [target] };
}

/** Makes a dashboard, or replaces the one of its uid. @returns its path */
export async function saveDashboard(request: APIRequestContext, uid: string, part: object): Promise<string> {
  const dashboard = { uid, title: uid, time: range, schemaVersion: 41, ...part };
  const answer = await request.post('/api/dashboards/db', { data: { dashboard, overwrite: true } });
  expect(answer.status(), await answer.text()).toBe(200);
  return `/d/${uid}`;
}

/** The columns that Grafana's API gives for a query over the last twelve months, by their names. */
export async function ask(request: APIRequestContext, target: object): Promise<Record<string, unknown[]>> {
  const body = { from: range.from, to: range.to, queries: [{ intervalMs: 86_400_000, maxDataPoints: 500, ...target }] };
  const answer = await request.post('/api/ds/query', { data: body });
  const { results } = await answer.json();
  const [frame] = results.A.frames;
  return Object.fromEntries(
    frame.schema.fields.map(({ name }: { name: string }, index: number) => [name, frame.data.values[index]])
  );
}
