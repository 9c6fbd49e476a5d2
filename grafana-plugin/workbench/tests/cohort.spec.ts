import { expect, test } from '@playwright/test';
import { openScene } from './scenes';

test('the keyboard reaches every cell of a large table, and tells what is behind it', async ({ page }) => {
  await openScene(page, 'cohort-120x120');
  const focused = page.locator(':focus');
  // The panel's frame comes first.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAttribute('aria-colindex', '1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveText('100.0%');
  await expect(page.getByRole('tooltip')).toContainText('month 0');
  await page.keyboard.press('End');
  await expect(focused).toHaveAttribute('aria-colindex', '122');
  await expect(focused).toBeInViewport();
  await page.keyboard.press('Control+End');
  await expect(page.getByRole('tooltip')).toContainText('Weighted average, month 119');
  await page.keyboard.press('ArrowUp');
  await expect(focused).toBeInViewport();
  await expect(page.getByRole('row').filter({ has: focused })).toHaveAttribute('aria-rowindex', '121');
  await page.keyboard.press('Control+Home');
  await expect(page.getByRole('row').filter({ has: focused })).toHaveAttribute('aria-rowindex', '1');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
});

test('the first columns stay in place while the others scroll', async ({ page }) => {
  await openScene(page, 'cohort-36x36');
  const name = page.getByRole('rowheader').first();
  const size = page.getByRole('columnheader', { name: 'Size' });
  const before = [await name.boundingBox(), await size.boundingBox()];
  await page
    .getByRole('grid')
    .locator('..')
    .evaluate((box) => box.scrollTo({ left: 700 }));
  await expect(page.getByRole('columnheader', { name: 'month 35' })).toBeVisible();
  expect([await name.boundingBox(), await size.boundingBox()]).toEqual(before);
});

test('a click sorts, a second one turns the order around', async ({ page }) => {
  await openScene(page, 'cohort-24x24');
  const header = page.getByRole('columnheader', { name: 'Size' });
  const sizes = async () =>
    (await page.getByRole('row').locator('td:nth-child(2)').allTextContents()).slice(0, 24).map((text) => Number(text));
  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  expect(await sizes()).toEqual([...(await sizes())].sort((a, b) => b - a));
  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  expect(await sizes()).toEqual([...(await sizes())].sort((a, b) => a - b));
});

test('a cell leads to its links by mouse and by keyboard', async ({ page }) => {
  await openScene(page, 'cohort-links');
  const cell = page.getByRole('gridcell', { name: '93.4%' });
  await cell.click();
  const dialog = page.getByRole('dialog', { name: 'Jan 2025, month 1' });
  await expect(dialog.getByRole('link', { name: 'Cohort explorer' })).toHaveAttribute(
    'href',
    '/a/fairunderwriting-analytics-app/cohorts'
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cell).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
});
