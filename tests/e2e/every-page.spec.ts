import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { inUkrainian, pages, tell } from './pages.ts';

const PAGE_BYTES_MAX = 14 * 1024;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const { path, story } of pages) {
  for (const address of [path, inUkrainian(path)]) {
    test.describe(`${address} (${story})`, () => {
      test.beforeEach(({ context }) => tell(context, story));

      test('is small and asks nobody else', async ({ page, baseURL }) => {
        const others: string[] = [];
        page.on(
          'request',
          (request) => !request.url().startsWith(`${baseURL}/`) && others.push(request.url()),
        );
        const violations: string[] = [];
        page.on(
          'console',
          (message) => /Content Security Policy/.test(message.text()) && violations.push(message.text()),
        );
        const response = await page.goto(address);
        expect(gzipSync((await response?.body()) ?? '').length).toBeLessThan(PAGE_BYTES_MAX);
        expect(others).toEqual([]);
        expect(violations).toEqual([]);
        await expect(page.locator('script')).toHaveCount(0);
        await expect(page.locator('[style]')).toHaveCount(0);
      });

      for (const colorScheme of ['light', 'dark'] as const) {
        test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
          await page.emulateMedia({ colorScheme });
          await page.goto(address);
          const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        });
      }

      test('fits 320 pixels, with wider spacing too', async ({ page }) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(address);
        const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(await overflow()).toBeLessThanOrEqual(0);
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(
            '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}',
          );
          document.adoptedStyleSheets = [sheet];
        });
        expect(await overflow()).toBeLessThanOrEqual(0);
      });
    });
  }
}
