import { randomBytes } from 'node:crypto';
import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { expect } from './support';

/** A page of somebody with an organisation role, who is there for this test only. */
export async function signedIn(
  browser: Browser,
  admin: APIRequestContext,
  baseURL: string,
  role: 'Viewer' | 'Editor'
): Promise<{ page: Page; leave: () => Promise<void> }> {
  const login = `e2e-${role.toLowerCase()}-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const made = await admin.post('/api/admin/users', { data: { name: login, login, password, OrgId: 1 } });
  expect(made.status(), await made.text()).toBe(200);
  const { id } = await made.json();
  const changed = await admin.patch(`/api/org/users/${id}`, { data: { role } });
  expect(changed.status(), await changed.text()).toBe(200);
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const entered = await context.request.post('/login', { data: { user: login, password } });
  expect(entered.status()).toBe(200);
  const leave = async () => {
    await context.close();
    await admin.delete(`/api/admin/users/${id}`);
  };
  return { page: await context.newPage(), leave };
}

export const app = '/a/fairunderwriting-analytics-app';
