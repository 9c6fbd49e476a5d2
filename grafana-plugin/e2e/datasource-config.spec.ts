import { cube, expect, test } from './support';

test('the provisioned data source is healthy', async ({ gotoDataSourceConfigPage, page }) => {
  await gotoDataSourceConfigPage(cube.uid);
  await page.getByRole('button', { name: /^Test$|Save & test/ }).click();
  await expect(page.getByText(/Cube answers and offers \d+ views to you/)).toBeVisible();
});

test('the health check tells a wrong secret from a wrong address', async ({ gotoDataSourceConfigPage, page }) => {
  const { url } = await (await page.request.get(`/api/datasources/uid/${cube.uid}`)).json();
  const source = { uid: 'e2e-wrong', name: 'e2e wrong', type: cube.type, access: 'proxy', url };
  await page.request.delete(`/api/datasources/uid/${source.uid}`);
  const made = await page.request.post('/api/datasources', { data: source });
  expect(made.status(), await made.text()).toBe(200);
  await gotoDataSourceConfigPage(source.uid);
  const save = page.getByRole('button', { name: 'Save & test' });

  await save.click();
  await expect(page.getByText(/API secret is missing/)).toBeVisible();

  await page.getByRole('textbox', { name: 'API secret' }).fill('a secret that Cube does not know, at all');
  await save.click();
  await expect(page.getByText(/check that the data source's API secret is Cube's CUBEJS_API_SECRET/)).toBeVisible();

  await page.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:9');
  await save.click();
  await expect(page.getByText(/Nothing answers at 127.0.0.1:9/)).toBeVisible();
  await page.request.delete(`/api/datasources/uid/${source.uid}`);
});
