import { expect, test, type Page } from '@playwright/test';

const failure = 'The data of this scene could not be had';

/** Sizes of the second to fourth cohort. */
const sizes = async (page: Page) => (await page.locator('td[aria-colindex="2"]').allTextContents()).slice(1, 4);

test('Refresh asks for the data anew, each time', async ({ page }) => {
  await page.goto('/?scene=cohort-36x36');
  const refresh = page.getByRole('button', { name: 'Refresh' });
  await expect.poll(() => sizes(page)).toEqual(['133', '474', '462']);
  await refresh.click();
  await expect.poll(() => sizes(page)).toEqual(['429', '390', '520']);
  await refresh.click();
  await expect.poll(() => sizes(page)).toEqual(['225', '307', '77']);
});

test('what could not be had is told, and forgotten once a refresh has it', async ({ page }) => {
  const answers = [
    { status: 502, json: { error: 'Nothing answers at 127.0.0.1:4000.' } },
    {
      status: 200,
      json: {
        columns: [
          { key: 'cohorts_paying.cohort_month.month', type: 'time' },
          { key: 'cohorts_paying.period', type: 'number' },
          { key: 'cohorts_paying.cohort_size', type: 'number' },
          { key: 'cohorts_paying.paying', type: 'number' },
        ],
        rows: [0, 1].map((period) => ({
          'cohorts_paying.cohort_month.month': '2026-01-01T00:00:00.000',
          'cohorts_paying.period': period,
          'cohorts_paying.cohort_size': '40',
          'cohorts_paying.paying': String(40 - 10 * period),
        })),
      },
    },
    { status: 502, json: { error: 'Nothing answers any more.' } },
  ];
  await page.route('/cube/load', (route) => route.fulfill(answers.shift()));
  await page.goto('/?scene=live-cohorts-paying');
  const refresh = page.getByRole('button', { name: 'Refresh' });
  const alert = page.getByRole('alert', { name: failure });
  await expect(alert).toContainText('Nothing answers at 127.0.0.1:4000.');
  await expect(page.getByRole('grid')).toHaveCount(0);

  await refresh.click();
  await expect(page.getByRole('gridcell', { name: '75.0%' }).first()).toBeVisible();
  await expect(alert).toHaveCount(0);

  await refresh.click();
  await expect(alert).toContainText('Nothing answers any more.');
  await expect(page.getByRole('grid')).toHaveCount(0);
});
