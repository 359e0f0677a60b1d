import { expect, type Page, test as setup } from '@playwright/test';
import { askForCode, newestMail, regulars, stateOf, type Visitor, visitors } from './house.ts';

setup.use({ javaScriptEnabled: false });

const keep = (page: Page, who: Visitor) => page.context().storageState({ path: stateOf(who) });

for (const who of ['anna', 'viktor', 'daniel'] as const) {
  setup(`${who} signs in by the code in the mailbox`, async ({ page }) => {
    await page.goto('/account/orders?year=2026');
    await expect(page.getByRole('status').first()).toContainText('Sign in to see this page');
    await askForCode(page, visitors[who]);
    await expect(page.getByRole('link', { name: 'See the code in the mailbox' })).toBeVisible();
    const { code, text } = await newestMail(page, visitors[who], 'is your code');
    expect(text).toContain(`To ${visitors[who]}`);
    await page.getByLabel('Six-digit code').fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/account/orders?year=2026');
    await keep(page, who);
  });
}

for (const who of ['marta', 'leo'] as const) {
  setup(`${who} signs in by the link in the mailbox`, async ({ page }) => {
    await page.goto('/sign-in');
    await askForCode(page, visitors[who]);
    await page.getByRole('link', { name: 'See the code in the mailbox' }).click();
    await page
      .locator('.mails > li')
      .filter({ hasText: visitors[who] })
      .filter({ hasText: 'is your code' })
      .getByRole('link', { name: 'Open the sign-in link' })
      .click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/account');
    await keep(page, who);
    await page.goto('/mailbox');
    const asked = page.locator('.mails > li').filter({ hasText: 'is your code' });
    await expect(asked.filter({ hasText: visitors[who] }).first()).toContainText('has been used');
  });
}

for (const who of ['owner', 'analyst'] as const) {
  setup(`the ${who} signs in by a link of the command line, once`, async ({ page }) => {
    const link = regulars('staff', 'add', visitors[who], '--role', who);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/console');
    await keep(page, who);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  });
}
