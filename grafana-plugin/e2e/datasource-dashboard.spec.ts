import { cube, expect, panel, query, saveDashboard, test } from './support';

const byLab = (filters: object[] = []) =>
  query({
    view: 'lab_tests',
    measures: ['lab_tests.tests_ordered'],
    dimensions: ['lab_tests.lab_name'],
    timeDimension: { dimension: 'lab_tests.date' },
    filters,
  });
const equals = (value: string) => ({ member: 'lab_tests.lab_name', operator: 'equals', values: [value] });
const labs = ['LabCorp', 'Mayo Clinic Laboratories', 'Quest Diagnostics'];

function variable(name: string, stored: unknown, part: object = {}) {
  return { name, type: 'query', datasource: cube, query: stored, refresh: 1, includeAll: true, multi: true, ...part };
}

test('a variable lists values, several restrict a panel, and another follows it', async ({ page }) => {
  const chained = {
    refId: 'variable',
    dimension: 'lab_tests.lab_name',
    filters: [{ member: 'lab_tests.lab_name', operator: 'equals', values: ['$lab'] }],
  };
  const path = await saveDashboard(page.request, 'e2e-variables', {
    templating: { list: [variable('lab', 'lab_tests.lab_name'), variable('same', chained)] },
    panels: [panel(1, 'Tests by lab', byLab([equals('$lab')]))],
  });
  await page.goto(`${path}?var-lab=LabCorp&var-lab=Quest%20Diagnostics&var-same=$__all`);
  await expect(page.getByRole('gridcell', { name: 'LabCorp' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Quest Diagnostics' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Mayo Clinic Laboratories' })).toHaveCount(0);

  await page.getByRole('combobox').nth(1).click();
  await expect(page.getByRole('option', { name: 'LabCorp' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'Mayo Clinic Laboratories' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.goto(`${path}?var-lab=$__all&var-same=$__all`);
  for (const lab of labs) {
    await expect(page.getByRole('gridcell', { name: lab })).toBeVisible();
  }
});

test('a filter of the dashboard holds where a view has the dimension, and a panel tells where not', async ({
  page,
}) => {
  const path = await saveDashboard(page.request, 'e2e-filters', {
    templating: { list: [{ name: 'Filters', type: 'adhoc', datasource: cube, filters: [], baseFilters: [] }] },
    panels: [
      panel(1, 'Tests by lab', byLab()),
      panel(2, 'Revenue', query({ view: 'revenue', measures: ['revenue.mrr'] })),
    ],
  });
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/ds/query')) {
      void response.text().then((text) => answers.push(text));
    }
  });
  await page.goto(`${path}?var-Filters=${encodeURIComponent('lab_name|=|LabCorp')}`);
  await expect(page.getByRole('gridcell', { name: 'LabCorp' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Quest Diagnostics' })).toHaveCount(0);
  await expect.poll(() => answers.join()).toContain('no such dimension: lab_name');
});

test('annotations come from a query', async ({ page }) => {
  const months = query({
    view: 'lab_tests',
    measures: ['lab_tests.tests_ordered'],
    dimensions: ['lab_tests.lab_name'],
    timeDimension: { dimension: 'lab_tests.date', granularity: 'month' },
    filters: [equals('LabCorp')],
  });
  const path = await saveDashboard(page.request, 'e2e-annotations', {
    annotations: {
      list: [
        { name: 'Months', enable: true, iconColor: 'red', datasource: cube, target: { ...months, refId: 'Anno' } },
      ],
    },
    panels: [panel(1, 'Tests by month', { ...months, format: 'time_series' }, 'timeseries')],
  });
  await page.goto(path);
  await expect(page.getByTestId('data-testid annotation-marker').first()).toBeVisible();
  expect(await page.getByTestId('data-testid annotation-marker').count()).toBeGreaterThanOrEqual(10);
});
