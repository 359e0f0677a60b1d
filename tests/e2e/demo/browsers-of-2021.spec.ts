import { createHash } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { asBrowserOf2021 } from '../../support/browser-of-2021.ts';
import { axeFindings, colourFindings, overflowOf } from '../judge.ts';
import { asVisitor } from './house.ts';

/** What a page loses without showing it: every other feature newer than 2021 needs an older way before it, or `@supports`. */
const comforts = new Set([
  // Form controls, scroll bars, and the marks in them keep the browser's own colours.
  'color-scheme',
  'accent-color',
  'appearance',
  // The browser's own ring shows where the focus is.
  'focus-visible',
  'outline',
  // Lines break less evenly, and a field has a fixed height.
  'text-wrap',
  'field-sizing',
  'resize',
  'text-size-adjust',
  // Selecting by one tap, the face of codes, and the way from page to page.
  'user-select',
  'ui-monospace',
  '@view-transition',
  // Windows had its own way to force colours, which needs no help.
  'forced-colors',
  'forced-color-adjust',
  // As the size of a grid's column it is years older than its namesake, which the data mean.
  'fit-content',
  // Only while printing.
  'details-content',
  'content-visibility',
]);

const style = /<style>(.*?)<\/style>/s;

/** Pages get the style sheet as a browser of 2021 reads it. */
async function readAsIn2021(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const html = await response.text();
    const known = await older(style.exec(html)?.[1] ?? '');
    const csp = response.headers()['content-security-policy'] ?? '';
    return route.fulfill({
      response,
      body: html.replace(style, () => `<style>${known.sheet}</style>`),
      headers: {
        ...response.headers(),
        'content-security-policy': csp.replace(/'sha256-[^']+'/, `'sha256-${known.hash}'`),
      },
    });
  });
}

let kept: Promise<{ sheet: string; hash: string }> | null = null;

/** All pages have the same sheet, which takes a second to read. */
function older(sheet: string) {
  kept ??= asBrowserOf2021(sheet).then((read) => ({
    sheet: read.sheet,
    hash: createHash('sha256').update(read.sheet).digest('base64'),
  }));
  return kept;
}

test('nothing in the style sheet is newer than 2021 without an older way beside it', async ({ page }) => {
  await page.goto('/');
  const sheet = style.exec(await page.content())?.[1] ?? '';
  expect(sheet.length).toBeGreaterThan(10_000);
  const { newer } = await asBrowserOf2021(sheet);
  expect(newer.filter(({ what }) => !comforts.has(what))).toEqual([]);
});

test.describe('what guards the sheet', () => {
  const rows = [
    ['a function', 'p{color:light-dark(#000,#fff)}', 'light-dark'],
    ['a layer', '@layer base{p{color:red}}', '@layer'],
    ['a range', '@media (width >= 20rem){p{color:red}}', 'range of a media query'],
    ['a bare not', '@media not (min-width:20rem){p{color:red}}', 'not in a media query'],
    ['a selector', 'p:has(a){color:red}', 'has'],
    ['a unit', 'p{height:100dvh}', 'dvh'],
    ['a second text', 'p::before{content:"x" / ""}', 'alternative text of content'],
    ['a nested rule', 'p{&:hover{color:red}}', 'nesting'],
    ['a container', '@container (min-width:20rem){p{color:red}}', '@container'],
  ] as const;
  for (const [name, sheet, what] of rows) {
    test(`finds ${name} and drops it`, async () => {
      const read = await asBrowserOf2021(sheet);
      expect(read.newer.map((one) => one.what)).toContain(what);
      expect(read.sheet).not.toContain(sheet.slice(sheet.indexOf('{') + 1, -1));
    });
  }

  test('takes an older way before it, and what is asked for, as guarded', async () => {
    const { newer } = await asBrowserOf2021(
      'p{height:100vh;height:100dvh}@supports (height:1dvh){p{height:1dvh}}',
    );
    expect(newer).toEqual([]);
  });
});

const pages = [
  ['nobody', '/'],
  ['nobody', '/how-it-works'],
  ['nobody', '/sign-in'],
  ['nobody', '/club'],
  ['anna', '/account'],
  ['anna', '/account/orders'],
  ['anna', '/account/rewards'],
  ['anna', '/account/rewards/voucher'],
  ['anna', '/account/club'],
  ['anna', '/account/feedback'],
  ['anna', '/account/friends'],
  ['anna', '/uk/account/settings'],
  ['owner', '/console'],
  ['owner', '/console/feedback'],
] as const;

for (const [who, path] of pages) {
  test.describe(`${path} in a browser of 2021`, () => {
    test.use(asVisitor(who));

    test('keeps its colours and its place', async ({ page }) => {
      await readAsIn2021(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(path);
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await ground()).not.toBe(light);
      expect(await colourFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await page.locator('.masthead .brand svg').evaluate((svg) => svg.clientWidth)).toBeLessThan(40);
    });
  });
}
