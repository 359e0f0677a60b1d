import { expect, type Page, test } from '@playwright/test';
import {
  axeFindings,
  colourFindings,
  largeTextOverflow,
  overflowOf,
  smallTargets,
  spaceOut,
  watch,
} from '../judge.ts';
import { asVisitor, hrefOf, inUkrainian } from './house.ts';
import { pages } from './pages.ts';

/** With the language words change, and with them what fits; what axe looks at is the same, and is looked at in the long run. */
const isSoak = process.env.SOAK === '1';
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
/** 320 CSS pixels are also what a window of 1280 has left at 400 %. */
const narrow = [
  { width: 320, height: 640 },
  { width: 320, height: 225 },
];

/**
 * Every rule on a desktop in light, and the dark colours of a phone, where `browsers-of-2021.spec.ts` looks at some pages by
 * every rule. In the long run every rule in both widths and both colours.
 */
function looksAt(isFirst: boolean): Look[] {
  if (isSoak)
    return [desktop, phone].flatMap((size) =>
      (['light', 'dark'] as const).map((colour) => [size, colour, axeFindings] as const),
    );
  return isFirst
    ? [
        [desktop, 'light', axeFindings],
        [phone, 'dark', colourFindings],
      ]
    : [];
}

type Look = readonly [typeof phone, 'light' | 'dark', (page: Page) => Promise<string[]>];

for (const { who, path, follow } of pages) {
  const links = follow === undefined ? [] : [follow].flat();
  test.describe(`${[path, ...links].join(' → ')} as ${who}`, () => {
    test.use(asVisitor(who));

    test('is small, asks nobody else, fits everywhere, and axe finds nothing', async ({ page }) => {
      for (const address of [path, inUkrainian(path)])
        await test.step(address, () => lookAt(page, { address, path, follow: links }));
    });
  });
}

/** A customer's page fits in the first answer of a connection; one made to be printed is as long as its history, settings as there are. */
function kilobytesOf(path: string): number {
  if (path === '/console/settings') return 24;
  return path.startsWith('/console') || path.endsWith('?whole=yes') ? 20 : 14;
}

async function lookAt(
  page: Page,
  { address, path, follow }: { address: string; path: string; follow: readonly string[] },
): Promise<void> {
  let target = address;
  for (const link of follow) target = await hrefOf(page, target, link);
  const seen = watch(page);
  const response = await page.goto(target);
  expect(response?.status()).toBe(
    /no-such-page$|token=none$|^\/(?:r\/|track\/none)/.test(path) && !path.startsWith('/sign-in') ? 404 : 200,
  );
  expect(await seen.bytes(response)).toBeLessThan(kilobytesOf(path) * 1024);
  expect(await page.locator('[style]').count()).toBe(0);
  await expect(page.getByText(/^(?:This is a demo|Це демо)/)).toHaveCount(1);
  for (const [size, colorScheme, findings] of looksAt(address === path)) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findings(page), `${size.width} ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(phone);
  expect(await smallTargets(page)).toEqual([]);
  expect(await largeTextOverflow(page), 'text of 200 %').toBeLessThanOrEqual(0);
  for (const size of narrow) {
    await page.setViewportSize(size);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  }
  await spaceOut(page);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(seen.others).toEqual([]);
  expect(seen.complaints).toEqual([]);
}
