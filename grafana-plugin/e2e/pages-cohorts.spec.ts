import { app, signedIn } from './people';
import { expect, test } from './support';

const inOhio = new URLSearchParams({ a: '{"payer_type":["self_pay"]}' }).toString();

test('an editor builds a cohort, saves it, finds it again and deletes it', async ({ browser, page, baseURL }) => {
  const editor = await signedIn(browser, page.request, baseURL!, 'Editor');
  const name = `e2e ${Date.now()}`;
  try {
    const { page: own } = editor;
    await own.goto(`${app}/cohorts?${inOhio}`);
    await expect(own.getByRole('grid').or(own.getByRole('table')).first()).toContainText('100.0%');
    await own.getByRole('textbox', { name: 'Name' }).fill(name);
    await own.getByRole('button', { name: 'Save group A' }).click();
    await expect(own.getByRole('row').filter({ hasText: name })).toContainText('payer type self_pay');

    await own.goto(`${app}/cohorts`);
    const row = own.getByRole('row').filter({ hasText: name });
    await own.getByRole('button', { name: `Use ${name} as group B` }).click();
    await expect(own).toHaveURL(/show=b/);
    await row.getByRole('button', { name: 'Delete' }).first().click();
    await row.getByRole('button', { name: 'Delete' }).last().click();
    await expect(row).toHaveCount(0);
  } finally {
    await editor.leave();
  }
});

test('two groups are compared with intervals', async ({ page }) => {
  const groups = { show: 'compare', a: '{"payer_type":["self_pay"]}', b: '{"payer_type":["medicare"]}' };
  await page.goto(`${app}/cohorts?${new URLSearchParams(groups).toString()}`);
  const table = page.getByRole('table', { name: /Share still there/ });
  await expect(table.getByRole('row')).toHaveCount(6);
  await expect(table.getByRole('row', { name: /^3 / })).toContainText(/clear|may be chance/);
});

test('a viewer sees no genotype and saves nothing; the server refuses, too', async ({ browser, page, baseURL }) => {
  const viewer = await signedIn(browser, page.request, baseURL!, 'Viewer');
  try {
    const { page: own } = viewer;
    await own.goto(`${app}/cohorts`);
    await expect(own.getByText('Facebook sign-ups')).toBeVisible();
    await expect(own.getByText('MZ carriers')).toHaveCount(0);
    await expect(own.getByLabel('Genotype')).toHaveCount(0);
    await expect(own.getByRole('button', { name: 'Save group A' })).toHaveCount(0);
    const refused = await own.request.post('/api/datasources/uid/fua-cube/resources/services/cohorts', {
      data: { name: 'mine', kind: 'paying', filters: [] },
    });
    expect(refused.status()).toBe(403);
  } finally {
    await viewer.leave();
  }
});
