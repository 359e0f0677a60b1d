import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'libsql';
import { demoFolder } from '../../support/demo-settings.ts';
import { askForCode, asVisitor, newestMail, regulars } from './house.ts';

test.describe('with script', () => {
  test.use(asVisitor('owner'));

  test('the palette finds a person, an order, a page and an act by the keyboard alone', async ({ page }) => {
    await page.goto('/console/orders?state=delivered');
    const number = (await page.locator('.dense tbody th a').first().textContent()) ?? '';
    for (const [typed, path] of [
      ['anna@post', /\/console\/customers\/\w+/],
      [number, /\/console\/orders\/\w+\//],
      ['surv', /\/console\/surveys$/],
      ['record an order', /\/console\/orders\/new$/],
    ] as const) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(typed);
      await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible();
      await expect(page.getByRole('dialog').getByRole('heading').first()).toContainText(typed);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(path);
    }
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('a list is gone through by keys, and is as it was when one comes back', async ({ page }) => {
    await page.goto('/console/orders?state=delivered');
    const links = page.locator('.dense tbody th a');
    const [first, second] = [
      (await links.nth(0).textContent()) ?? '',
      (await links.nth(1).textContent()) ?? '',
    ];
    await page.keyboard.press('j');
    await expect(links.nth(0)).toBeFocused();
    await page.keyboard.press('j');
    await expect(links.nth(1)).toBeFocused();
    await page.keyboard.press('x');
    await expect(page.locator('.dense tbody input[type=checkbox]').nth(1)).toBeChecked();
    await page.keyboard.press('k');
    await expect(links.nth(0)).toHaveText(first);
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(second);
    await page.locator('.back a').press('Enter');
    await expect(page).toHaveURL('/console/orders?state=delivered');
    await expect(links.nth(1)).toBeFocused();
  });

  test('the keys are shown by one of them, and off for who switches them off', async ({ page }) => {
    await page.goto('/console');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toContainText('next in a list');
    await page.getByRole('link', { name: 'Change the shortcuts' }).press('Enter');
    await page.getByRole('switch', { name: 'Keys act for me' }).press('Enter');
    await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'false');
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await expect(page.locator('dialog')).toHaveCount(0);
    await page.getByRole('switch').press('Enter');
    await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'true');
  });
});

test.describe('without script', () => {
  test.use({ ...asVisitor('owner'), javaScriptEnabled: false });

  test('the search page finds a person, an order, a page and an act; the list keeps its filter', async ({
    page,
  }) => {
    await page.goto('/console/search');
    const found = page.locator('#all-found');
    await expect(found.getByRole('link', { name: 'New rule' })).toBeVisible();
    for (const [typed, name] of [
      ['anna@post', 'Anna Kovalenko'],
      ['FK-1', 'FK-1'],
      ['surv', 'Surveys'],
      ['import', 'Import a file'],
    ] as const) {
      await page.goto(`/console/search?search=${typed}`);
      await expect(found.getByRole('link', { name }).first()).toBeVisible();
    }
    await page.goto('/console/orders?state=delivered');
    await page.locator('.dense tbody th a').first().click();
    await page.locator('.back a').click();
    await expect(page).toHaveURL('/console/orders?state=delivered');
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`a session that is over, ${javaScriptEnabled ? 'with' : 'without'} script`, () => {
    test.use({ javaScriptEnabled });

    test('leads back to the form with what was typed', async ({ page }) => {
      const email = `typist-${javaScriptEnabled}@fernandkettle.example`;
      await page.goto(regulars('staff', 'add', email, '--role', 'manager'));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.goto('/console/orders/new');
      await page.locator('main [name=customer]').fill(typed);
      endSessions(email);
      await page.locator('main form button').last().click();
      await expect(page).toHaveURL(/\/sign-in\/staff\?next=/);
      await askForCode(page, email);
      const { code } = await newestMail(page, email);
      await page.getByLabel('Six-digit code').fill(code);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL('/console/orders/new');
      await expect(page.getByRole('status')).toContainText('What you typed is in the form again');
      await expect(page.locator('main [name=customer]')).toHaveValue(typed);
    });
  });
}

const typed = 'Somebody "new" & <old>';

function endSessions(email: string): void {
  const db = new Database(join(demoFolder, 'demo.db'), { timeout: 5000 });
  db.prepare(
    'UPDATE sessions SET last_seen_at = 1 WHERE subject_id = (SELECT id FROM staff WHERE email = ?)',
  ).run(email);
  db.close();
}
