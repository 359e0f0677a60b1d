import { expect, type Page, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use(asVisitor('anna'));

/** Where the focus is: a name for it, whether it can be seen, and whether it shows. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      name: `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`,
      hasRing: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      isInView: box.top >= 0 && box.bottom <= window.innerHeight && box.width > 0,
    };
  });
}

for (const path of ['/account', '/account/orders', '/account/rewards', '/account/settings']) {
  test(`the Tab key goes through ${path}, always in sight, and out of it`, async ({ page }) => {
    await page.goto(path);
    const stops: string[] = [];
    for (let tries = 0; tries < 120; tries += 1) {
      await page.keyboard.press('Tab');
      const stop = await focused(page);
      if (stop === null) break;
      expect(stop.hasRing, `${stop.name} shows its focus`).toBe(true);
      expect(stop.isInView, `${stop.name} is in view`).toBe(true);
      stops.push(stop.name);
    }
    expect(stops[0]).toBe('A Skip to content');
    expect(stops.at(-1)).toBe('A Українською');
  });
}

test('the skip link jumps over the navigation', async ({ page }) => {
  await page.goto('/account');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect((await focused(page))?.name).toBe('A Your own account');
});

test('every section and the way out are in sight on a phone, without a menu', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/account');
  const sections = page.getByRole('navigation', { name: 'Your account' });
  for (const name of ['Overview', 'Orders', 'Rewards', 'Club', 'You'])
    await expect(sections.getByRole('link', { name })).toBeVisible();
  await expect(sections.getByRole('link', { name: /^Inbox/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
});

test('the code field has the focus on its own page', async ({ page }) => {
  await page.goto('/sign-in/code?id=none');
  await expect(page.getByLabel('Six-digit code')).toBeFocused();
});

test('Enter opens why an entry is what it is, and closes it', async ({ page }) => {
  await page.goto('/account/rewards');
  const entry = page.locator('.ledger summary').first();
  await entry.focus();
  await page.keyboard.press('Enter');
  const sum = page.locator('.ledger details[open] .total').first();
  await expect(sum).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sum).toHaveCount(0);
});
