import type { Page } from '@playwright/test';
import { ask, cube, expect, query, range, test } from './support';

function explore(target?: object): string {
  const queries = [target ?? { refId: 'A', datasource: cube }];
  const panes = JSON.stringify({ a: { datasource: cube.uid, queries, range } });
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(panes)}`;
}

/** Types into a picker and takes what is found. */
async function pick(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const sla = query({ view: 'lab_sla', measures: ['lab_sla.sla_compliance'], dimensions: ['lab_sla.lab_name'] });

test('a query is built by titles, with the keyboard, and shows its figures', async ({ page }) => {
  await page.goto(explore());
  await pick(page, 'View', 'Lab tests');
  await pick(page, 'Measures', 'Tests ordered');
  await pick(page, 'Dimensions', 'Lab');
  await page.keyboard.press('Escape');
  await pick(page, 'Time dimension', 'Date');
  const figures = await ask(
    page.request,
    query({
      view: 'lab_tests',
      measures: ['lab_tests.tests_ordered'],
      dimensions: ['lab_tests.lab_name'],
      timeDimension: { dimension: 'lab_tests.date' },
    })
  );
  await expect(page.getByRole('gridcell', { name: 'LabCorp' })).toBeVisible();
  const row = figures['lab_name']!.indexOf('LabCorp');
  const ordered = Number(figures['tests_ordered']![row]).toLocaleString('en-US');
  await expect(page.getByRole('gridcell', { name: ordered, exact: true })).toBeVisible();
});

test('a measure of another view is found, greyed, with the reason', async ({ page }) => {
  await page.goto(explore(sla));
  await page.getByLabel('Measures', { exact: true }).click();
  await page.keyboard.type('Opening MRR');
  await expect(page.getByText('In the view “MRR movements”: a query asks one view')).toBeVisible();
});

test('the JSON is edited both ways, and what is no query changes nothing', async ({ page }) => {
  await page.goto(explore(sla));
  await page.getByLabel('JSON').click({ force: true });
  const code = page.locator('.monaco-editor').first();
  await expect(code).toContainText('"lab_sla.sla_compliance"');
  const write = async (text: string) => {
    await code.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
    // What the editor closed by itself, behind the text.
    await page.keyboard.press('ControlOrMeta+Shift+End');
    await page.keyboard.press('Delete');
    await page.keyboard.press('ControlOrMeta+S');
  };
  await write('{ "measures": 5 }');
  await expect(page.getByText('The query was not changed')).toBeVisible();
  await page.getByLabel('Builder').click({ force: true });
  await expect(page.getByText('SLA compliance').first()).toBeVisible();

  await page.getByLabel('JSON').click({ force: true });
  await expect(code).toContainText('"lab_sla.sla_compliance"');
  await write('{"measures": ["revenue.mrr"], "dimensions": ["revenue.state"]}');
  await page.getByLabel('Builder').click({ force: true });
  await expect(page.getByText('State', { exact: true }).first()).toBeVisible();
});

test('the SQL is shown as it runs', async ({ page }) => {
  await page.goto(
    explore(query({ ...sla, filters: [{ member: 'lab_sla.lab_name', operator: 'equals', values: ["O'Hara"] }] }))
  );
  await page.getByRole('button', { name: 'Show SQL' }).click();
  await expect(page.locator('.monaco-editor').first()).toContainText('SELECT');
  const answer = await page.request.post(`/api/datasources/uid/${cube.uid}/resources/sql`, {
    data: {
      from: 0,
      to: Date.now(),
      query: { ...sla, filters: [{ member: 'lab_sla.lab_name', operator: 'equals', values: ["O'Hara"] }] },
    },
  });
  const { sql } = await answer.json();
  expect(sql).toContain("'O''Hara'");
  expect(sql).not.toMatch(/\$\d/);
});

test('a link on a figure opens Explore with it broken down', async ({ page }) => {
  const target = query({
    view: 'revenue',
    measures: ['revenue.mrr'],
    dimensions: ['revenue.state'],
    filters: [{ member: 'revenue.state', operator: 'equals', values: ['CA'] }],
    drillDown: ['revenue.channel'],
  });
  await page.goto(explore(target));
  await page.getByRole('gridcell', { name: '$' }).first().getByRole('link').click();
  await expect(page.getByText('Channel', { exact: true }).first()).toBeVisible();
  await expect.poll(() => decodeURIComponent(page.url())).toContain('"dimensions":["revenue.channel"]');
  expect(decodeURIComponent(page.url())).toContain('"values":["CA"]');
});
