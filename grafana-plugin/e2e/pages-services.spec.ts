import type { APIRequestContext } from '@playwright/test';
import { app, signedIn } from './people';
import { expect, test } from './support';

const services = '/api/datasources/uid/fua-cube/resources/services';

async function isThere(request: APIRequestContext, service: string): Promise<boolean> {
  return (await request.get(`${services}/${service}/readyz`)).ok();
}

test('the configuration tells which services answer', async ({ page }) => {
  await page.goto(`${app}/configuration`);
  await expect(page.getByRole('status', { name: /used by these pages/ })).toContainText('Cube answers');
  await expect(page.getByRole('status', { name: 'Store of saved cohorts' })).toContainText('It answers.');
  for (const [service, name] of [
    ['ml', 'Churn service'],
    ['alerts', 'Alert service'],
  ] as const) {
    const says = (await isThere(page.request, service)) ? 'It answers.' : 'is not configured';
    await expect(page.getByLabel(name)).toContainText(says);
  }
});

test('an editor acknowledges an alert with a note; a viewer may not', async ({ browser, page, baseURL }) => {
  test.skip(!(await isThere(page.request, 'alerts')), 'There is no alert service behind this Grafana');
  const { alerts } = await (await page.request.get(`${services}/alerts/v1/alerts?status=open`)).json();
  test.skip(alerts.length === 0, 'No alert is open');
  const [{ id, title }] = alerts;
  const [viewer, editor] = [
    await signedIn(browser, page.request, baseURL!, 'Viewer'),
    await signedIn(browser, page.request, baseURL!, 'Editor'),
  ];
  try {
    await viewer.page.goto(`${app}/alerts?alert=${id}`);
    await expect(viewer.page.getByRole('dialog')).toContainText('editors acknowledge and resolve');
    const refused = await viewer.page.request.post(`${services}/alerts/v1/alerts/${id}/acknowledge`, { data: {} });
    expect(refused.status()).toBe(403);

    await editor.page.goto(`${app}/alerts`);
    await editor.page.getByRole('button', { name: title }).first().click();
    await editor.page.goto(`${app}/alerts?alert=${id}`);
    const drawer = editor.page.getByRole('dialog');
    await drawer.getByLabel('Note').fill('Seen by the test');
    await drawer.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(drawer).toContainText('Seen by the test');
    await expect(drawer.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0);
  } finally {
    await viewer.leave();
    await editor.leave();
  }
});

test('an editor asks what would be if, and records an intervention', async ({ browser, page, baseURL }) => {
  test.skip(!(await isThere(page.request, 'ml')), 'There is no churn service behind this Grafana');
  const editor = await signedIn(browser, page.request, baseURL!, 'Editor');
  try {
    const { page: own } = editor;
    await own.goto(`${app}/churn?risk=high`);
    // One who is offered something: not held out, and no cell empty.
    const empty = own.getByRole('cell', { name: '–', exact: true });
    const row = own.getByRole('row').filter({ hasText: 'High', hasNotText: 'Held out', hasNot: empty }).first();
    await row.getByRole('button').click();
    const drawer = own.getByRole('dialog');
    await expect(drawer).toContainText('raises the risk');

    await drawer.getByRole('tab', { name: 'What if' }).click();
    await drawer.getByRole('combobox', { name: 'Change' }).fill('Days since last activity');
    await own.getByRole('option').first().click();
    await drawer.getByLabel(/^Days since last activity/).fill('0');
    await drawer.getByRole('button', { name: 'Ask the model' }).click();
    await expect(drawer.getByRole('region', { name: 'Answer of the model' })).toContainText('points');

    await drawer.getByRole('tab', { name: 'Interventions' }).click();
    const note = `e2e ${Date.now()}`;
    await drawer.getByLabel('Note').fill(note);
    await drawer
      .getByRole('button', { name: /^Record: / })
      .first()
      .click();
    await expect(drawer.getByRole('region', { name: 'Done so far' })).toContainText(note);
  } finally {
    await editor.leave();
  }
});
