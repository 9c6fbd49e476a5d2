import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ask, expect, panel, query, saveDashboard, test } from './support';

const type = 'fairunderwriting-cohort-panel';
const members = (...names: string[]) => names.map((name) => `cohorts_paying.${name}`);
const cohorts = query({
  view: 'cohorts_paying',
  measures: members('cohort_size', 'paying', 'retention_rate', 'retention_low', 'retention_high'),
  dimensions: members('period', 'is_mature'),
  timeDimension: { dimension: 'cohorts_paying.cohort_month', granularity: 'month' },
  order: [{ member: 'cohorts_paying.period', direction: 'asc' }],
});

/** Opens a dashboard with the panel on a query. */
async function show(page: Page, uid: string, part: object, target: object = cohorts): Promise<void> {
  const panels = [{ ...panel(1, 'Retention', target, type), ...part, gridPos: { x: 0, y: 0, w: 24, h: 18 } }];
  await page.goto(await saveDashboard(page.request, uid, { timezone: 'utc', panels }));
}

const percent = (share: unknown) => `${(Number(share) * 100).toFixed(1)}%`;

/** The text of a cohort's cells: its size, then its periods. */
const cellsOf = (page: Page, cohort: string) =>
  page.getByRole('row', { name: new RegExp(`^${cohort} `) }).locator('td:not([aria-hidden])');

test('the cohort panel shows the figures that the query gives', async ({ page }) => {
  const answer = await ask(page.request, cohorts);
  await show(page, 'e2e-cohorts', {});
  const grid = page.getByRole('grid', { name: 'Retention' });
  await expect(grid).toBeVisible();
  const months = [...new Set(answer['cohort_month'] as number[])].sort((first, second) => first - second);
  expect(months.length).toBeGreaterThan(10);
  for (const month of months.slice(0, 5)) {
    const rows = answer['cohort_month']!.flatMap((value, row) => (value === month ? [row] : []));
    const rateAt = (period: number) => rows.find((row) => answer['period']![row] === period)!;
    const label = new Date(month).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
    const cells = cellsOf(page, label);
    await expect(cells.nth(0)).toHaveText(String(answer['cohort_size']![rateAt(0)]));
    for (const period of [0, 1, 2, 3, 4, 5]) {
      await expect(cells.nth(period + 1)).toHaveText(percent(answer['retention_rate']![rateAt(period)]));
    }
  }
});

test('a click on a header sorts the cohorts', async ({ page }) => {
  await show(page, 'e2e-cohorts', {});
  const size = page.getByRole('columnheader', { name: 'Size' });
  await size.click();
  await expect(size).toHaveAttribute('aria-sort', 'descending');
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  const sizes = (await row.locator('td:nth-child(2)').allTextContents()).slice(0, 10).map(Number);
  expect(sizes).toHaveLength(10);
  expect(sizes).toEqual([...sizes].sort((first, second) => second - first));
});

test('lines show the same cohorts', async ({ page }) => {
  await show(page, 'e2e-cohorts-lines', { options: { view: 'lines' } });
  await expect(page.getByRole('img', { name: 'Retention: one line for each cohort' })).toBeVisible();
});

test('a cell leads to its data link', async ({ page }) => {
  const links = [{ title: 'Cohort explorer', url: '/a/fairunderwriting-analytics-app/cohorts?of=${__value.raw}' }];
  await show(page, 'e2e-cohorts-links', { fieldConfig: { defaults: { links }, overrides: [] } });
  await page.getByRole('gridcell', { name: '100.0%' }).first().click();
  const link = page.getByRole('dialog').getByRole('link', { name: 'Cohort explorer' });
  await expect(link).toHaveAttribute('href', /cohorts\?of=1$/);
  await link.click();
  await expect(page).toHaveURL(/fairunderwriting-analytics-app\/cohorts/);
});

test('data of another shape gives a sentence about what is missing', async ({ page }) => {
  const labs = query({ view: 'lab_tests', measures: ['lab_tests.tests_ordered'], dimensions: ['lab_tests.lab_name'] });
  await show(page, 'e2e-cohorts-wrong', {}, { ...labs, measures: [] });
  await expect(page.getByRole('status').filter({ hasText: /There is no period/ })).toBeVisible();
});

test('Grafana suggests the panel for cohorts', async ({ page }) => {
  const path = await saveDashboard(page.request, 'e2e-cohorts-suggested', { panels: [panel(1, 'Retention', cohorts)] });
  await page.goto(`${path}?editPanel=1`);
  await page.getByTestId('data-testid toggle-viz-picker').click();
  await page.getByRole('tab', { name: 'Suggestions' }).click();
  await expect(page.getByLabel(/Cohort heatmap/).first()).toBeVisible();
});

test("Grafana's inspector gives the cells as CSV", async ({ page, selectors }) => {
  const answer = await ask(page.request, cohorts);
  await show(page, 'e2e-cohorts', {});
  await expect(page.getByRole('grid', { name: 'Retention' })).toBeVisible();
  const header = selectors.components.Panels.Panel;
  await page.getByTestId(header.headerContainer).first().hover();
  await page.getByTestId(header.menu('Retention')).click();
  await page.getByTestId(header.menuItems('Inspect')).hover();
  await page.getByTestId(header.menuItems('Data')).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines[0]).toContain('"Months since","Mature","Cohort size","Paying customers","Retention (paying)"');
  expect(lines).toHaveLength(answer['cohort_size']!.length + 1);
  const paying = lines.slice(1).map((line) => Number(line.split(',')[4]));
  expect(paying).toEqual(answer['paying']);
});
