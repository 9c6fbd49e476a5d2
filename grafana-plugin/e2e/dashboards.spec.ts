import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { signedIn } from './people';
import { ask, expect, query, test } from './support';

const folder = join(__dirname, '..', '..', 'provisioning', 'dashboards');

interface Provisioned {
  uid: string;
  title: string;
  panels: Array<{ type: string; title: string }>;
}

const dashboards = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Provisioned);

/** High enough that every panel is in sight, and so asks for its data. */
test.use({ viewport: { width: 1440, height: 5_000 } });

/** Opens a dashboard and waits for all its figures. @returns the answers that were no success */
async function open(page: Page, uid: string): Promise<string[]> {
  const refused: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/api/ds/query') && !response.ok()) {
      refused.push(await response.text());
    }
  });
  await page.goto(`/d/${uid}?kiosk`);
  await page.waitForLoadState('networkidle');
  return refused;
}

for (const { uid, title, panels } of dashboards) {
  test(`${title} shows every panel without an error`, async ({ page }) => {
    const refused = await open(page, uid);
    for (const panel of panels.filter(({ type }) => type !== 'row')) {
      await expect(page.getByRole('heading', { name: panel.title, exact: true }).first()).toBeVisible();
    }
    await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
    await expect(page.getByText('An unexpected error happened')).toHaveCount(0);
    expect(refused).toEqual([]);
  });
}

test('the first figure is what Cube answers', async ({ page }) => {
  await open(page, 'fua-executive-kpis');
  const { subscribers } = await ask(
    page.request,
    query({ view: 'revenue', measures: ['revenue.subscribers'], timeDimension: { dimension: 'revenue.as_of' } })
  );
  const [count] = subscribers as number[];
  expect(count).toBeGreaterThan(100);
  await expect(page.getByLabel('Subscribers panel').or(page.getByTestId(/Panel header Subscribers/))).toContainText(
    count!.toLocaleString('en-US')
  );
});

test('a viewer sees the executive dashboard without an error', async ({ browser, page, baseURL }) => {
  const viewer = await signedIn(browser, page.request, baseURL!, 'Viewer');
  try {
    const refused = await open(viewer.page, 'fua-executive-kpis');
    await expect(viewer.page.getByRole('heading', { name: 'MRR', exact: true }).first()).toBeVisible();
    await expect(viewer.page.getByTestId('data-testid Panel status error')).toHaveCount(0);
    expect(refused).toEqual([]);
  } finally {
    await viewer.leave();
  }
});
