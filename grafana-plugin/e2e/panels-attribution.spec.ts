import type { Page } from '@playwright/test';
import { ask, expect, panel, query, saveDashboard, test } from './support';

const type = 'fairunderwriting-attribution-panel';
const models = ['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'shapley'];
const members = (...names: string[]) => names.map((name) => `attribution.${name}`);
const timeDimension = { dimension: 'attribution.date' };
const channels = query({
  view: 'attribution',
  measures: members(...models, 'spend', 'conversions'),
  dimensions: members('channel'),
  timeDimension,
});
const total = query({ refId: 'B', view: 'attribution', measures: members('conversions'), timeDimension });

async function show(page: Page, uid: string, options: object, targets: object[]): Promise<void> {
  const panels = [
    { ...panel(1, 'Attribution', channels, type), targets, options, gridPos: { x: 0, y: 0, w: 24, h: 18 } },
  ];
  await page.goto(await saveDashboard(page.request, uid, { panels }));
}

const asNumber = (text: string | null) => Number(text?.replace(/[^\d.-]/g, ''));

test('the credits of every model add up to the conversions', async ({ page }) => {
  const { conversions } = await ask(page.request, { ...total, refId: 'A' });
  const all = Number(conversions![0]);
  expect(all).toBeGreaterThan(100);
  await show(page, 'e2e-attribution', { view: 'models' }, [channels, total]);
  await expect(
    page.getByText(`Each model's credits add up to ${all.toLocaleString('en-US')} conversions.`)
  ).toBeVisible();
  const sums = await page.getByRole('row', { name: /^All / }).getByRole('cell').allTextContents();
  expect(sums.slice(-models.length - 1, -1).map(asNumber)).toEqual(models.map(() => all));
});

test('the attribution panel shows the figures that the query gives', async ({ page }) => {
  const answer = await ask(page.request, channels);
  await show(page, 'e2e-attribution-channels', { view: 'channels', model: 'last_touch' }, [channels, total]);
  await expect(page.getByRole('columnheader', { name: /Credit, Last touch/ })).toBeVisible();
  const named = answer['channel']!.map(String);
  expect(named).toContain('(unattributed)');
  for (const [row, channel] of named.entries()) {
    const cells = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: channel, exact: true }) });
    await expect(cells).toContainText(String(answer['last_touch']![row]));
  }
});

test('journeys are drawn and listed', async ({ page }) => {
  const journeys = query({
    view: 'journeys',
    measures: ['journeys.journeys', 'journeys.conversions', 'journeys.conversion_rate'],
    dimensions: ['journeys.path'],
    timeDimension: { dimension: 'journeys.date' },
    order: [{ member: 'journeys.journeys', direction: 'desc' }],
    limit: 100,
  });
  const answer = await ask(page.request, journeys);
  await show(page, 'e2e-attribution-journeys', { view: 'journeys' }, [journeys]);
  await expect(page.getByRole('img', { name: /^Journeys from touch to touch/ })).toBeVisible();
  const most = page.getByRole('row').nth(1);
  await expect(most).toContainText(String(answer['journeys']![0]));
});

test('data of another shape gives a sentence about what is missing', async ({ page }) => {
  const labs = query({ view: 'lab_tests', measures: ['lab_tests.tests_ordered'], dimensions: ['lab_tests.lab_name'] });
  await show(page, 'e2e-attribution-wrong', {}, [labs]);
  await expect(page.getByText(/There is no number field with the credit of a model/)).toBeVisible();
});

test('Grafana suggests the panel for channels with credits', async ({ page }) => {
  const path = await saveDashboard(page.request, 'e2e-attribution-suggested', {
    panels: [panel(1, 'Attribution', channels)],
  });
  await page.goto(`${path}?editPanel=1`);
  await page.getByTestId('data-testid toggle-viz-picker').click();
  await page.getByRole('tab', { name: 'Suggestions' }).click();
  await expect(page.getByLabel(/Attribution by channel/).first()).toBeVisible();
});
