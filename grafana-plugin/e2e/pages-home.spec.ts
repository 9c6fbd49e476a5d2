import { app, signedIn } from './people';
import { ask, expect, query, test } from './support';

test('home shows each topic with its figure, under the title of the app', async ({ page }) => {
  await page.goto(app);
  await expect(page.getByRole('heading', { level: 1, name: 'What needs attention' })).toBeVisible();
  await expect(page).toHaveTitle(/^Fair Underwriting Analytics - /);
  const breaches = query({
    view: 'lab_sla',
    dimensions: ['lab_sla.lab_name'],
    measures: ['lab_sla.sla_breach'],
  });
  const { sla_breach: labs } = await ask(page.request, breaches);
  const late = labs?.filter((breach) => breach === true || breach === 1).length;
  await expect(page.getByRole('region', { name: 'Labs in breach of contract' })).toContainText(
    `${late} of ${labs?.length} labs`
  );
  for (const topic of ['Open alerts', 'Revenue at risk', 'Unusual movements', 'Figures as of']) {
    await expect(page.getByRole('region', { name: topic })).toBeVisible();
  }
});

test('each page has a title of its own in the navigation', async ({ page }) => {
  for (const [path, title] of [
    ['cohorts', 'Cohorts'],
    ['attribution', 'Attribution'],
    ['churn', 'Churn worklist'],
    ['alerts', 'Alerts inbox'],
    ['metrics', 'Metric dictionary'],
    ['configuration', 'Configuration'],
  ] as const) {
    await page.goto(`${app}/${path}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${title} - Fair Underwriting Analytics - `));
  }
});

test('a viewer sees the pages but not the configuration', async ({ browser, page, baseURL }) => {
  const viewer = await signedIn(browser, page.request, baseURL!, 'Viewer');
  try {
    await viewer.page.goto(app);
    await expect(viewer.page.getByRole('region', { name: 'Labs in breach of contract' })).toContainText('labs');
    await viewer.page.goto(`${app}/configuration`);
    await expect(viewer.page.getByRole('heading', { name: 'Configuration' })).toHaveCount(0);
  } finally {
    await viewer.leave();
  }
});
