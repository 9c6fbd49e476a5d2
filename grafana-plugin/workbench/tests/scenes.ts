import type { Page } from '@playwright/test';

/** Ids of the scenes that show fixtures, as the setup found them. */
export const sceneIds = (process.env.WORKBENCH_SCENES ?? '').split(' ').filter(Boolean);

/**
 * Shows a scene without the workbench's own controls, and waits until it is drawn.
 * @returns errors of the page, filled as they come
 */
export async function openScene(page: Page, id: string, theme: 'light' | 'dark' = 'light'): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  await page.goto(`/?scene=${id}&theme=${theme}&bare`);
  await page.locator('[data-testid=stage] *').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return problems;
}
