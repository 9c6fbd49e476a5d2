import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openScene, sceneIds } from './scenes';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

const looks = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 400 },
] as const;

for (const id of sceneIds) {
  for (const { theme, width } of looks) {
    test(`${id}, ${theme}, ${width} px: nothing that WCAG 2.1 AA forbids`, async ({ page }, info) => {
      await page.setViewportSize({ width, height: 800 });
      const problems = await openScene(page, id, theme);
      await page.screenshot({ path: info.outputPath(`${id}-${theme}-${width}.png`) });
      const { violations } = await new AxeBuilder({ page }).withTags(levels).include('[data-testid=stage]').analyze();
      expect(violations.map((found) => `${found.id}: ${found.nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      expect(problems).toEqual([]);
    });
  }
}
