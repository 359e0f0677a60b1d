import { expect, test } from '@playwright/test';
import { axeFindings, overflowOf, watch } from './judge.ts';
import { inUkrainian, pages, tell } from './pages.ts';

const PAGE_BYTES_MAX = 14 * 1024;

for (const { path, story } of pages) {
  for (const address of [path, inUkrainian(path)]) {
    test.describe(`${address} (${story})`, () => {
      test.beforeEach(({ context }) => tell(context, story));

      test('is small and asks nobody else', async ({ page }) => {
        const seen = watch(page);
        const response = await page.goto(address);
        expect(await seen.bytes(response)).toBeLessThan(PAGE_BYTES_MAX);
        expect(seen.others).toEqual([]);
        expect(seen.complaints).toEqual([]);
        await expect(page.locator('script')).toHaveCount(0);
        await expect(page.locator('[style]')).toHaveCount(0);
      });

      for (const colorScheme of ['light', 'dark'] as const) {
        test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
          await page.emulateMedia({ colorScheme });
          await page.goto(address);
          expect(await axeFindings(page)).toEqual([]);
        });
      }

      test('fits 320 pixels, with wider spacing too', async ({ page }) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(address);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(
            '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}',
          );
          document.adoptedStyleSheets = [sheet];
        });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      });
    });
  }
}
