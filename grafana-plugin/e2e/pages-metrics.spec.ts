import { app, signedIn } from './people';
import { cube, expect, panel, query, saveDashboard, test } from './support';

test('a figure is found by a word of its definition and shows formula, tables and SQL', async ({ page }) => {
  await page.goto(`${app}/metrics`);
  await page.getByLabel('Search titles and definitions').fill('average revenue per account');
  await page.getByRole('button', { name: 'ARPA' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('region', { name: 'Formula' })).toContainText('nullif(count(');
  await expect(drawer.getByRole('region', { name: 'Comes from' })).toContainText('table subscriptions');
  await expect(page).toHaveURL(/metric=revenue.arpa/);
});

test('a viewer reads the definition and no SQL', async ({ browser, page, baseURL }) => {
  const viewer = await signedIn(browser, page.request, baseURL!, 'Viewer');
  try {
    await viewer.page.goto(`${app}/metrics?metric=revenue.arpa`);
    const drawer = viewer.page.getByRole('dialog');
    await expect(drawer).toContainText('MRR / subscribers');
    await expect(drawer).toContainText('Formula, tables and SQL are not shown to your role.');
  } finally {
    await viewer.leave();
  }
});

test('a panel leads to the page behind its figures', async ({ page }) => {
  const target = query({ view: 'revenue', measures: ['revenue.mrr'] });
  const path = await saveDashboard(page.request, 'e2e-page-links', {
    panels: [{ ...panel(1, 'Linked', target, 'stat'), datasource: cube }],
  });
  await page.goto(path);
  const title = page.getByTestId('data-testid Panel header Linked');
  await title.hover();
  await page.getByTestId('data-testid Panel menu Linked').click();
  await page.getByRole('menuitem', { name: 'Extensions' }).hover();
  await page.getByRole('menuitem', { name: 'Open the page behind it' }).click();
  await expect(page).toHaveURL(/fairunderwriting-analytics-app\/metrics\?view=revenue/);
});
