import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import Database from 'libsql';
import { demoFolder } from '../../support/demo-settings.ts';
import { askForCode, joinAs, newestMail, regulars } from './house.ts';

test('a customer adds a passkey, signs in by it, and removes it', async ({ page }) => {
  const email = 'passkey@post.example';
  await plugIn(page);
  await page.goto('/sign-in');
  await askForCode(page, email);
  await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await joinAs(page, 'Key');
  await addPasskey(page, '/account/settings/devices');
  expect((await newestMail(page, `To ${email}`)).text).toContain('passkey');
  await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL('/account');
  await page.goto('/account/settings/devices');
  await expect(page.getByText('last used', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: /^Remove ?: My phone/ }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('The passkey was removed');
  await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('does not open anything here');
});

test('staff sign in by a passkey alone, and prove it again for what is dangerous', async ({ page }) => {
  await plugIn(page);
  await page.goto(regulars('staff', 'add', 'passkey@fernandkettle.example', '--role', 'owner'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await addPasskey(page, '/console/devices');
  await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto('/sign-in/staff');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL('/console');
  forgetProofs();
  await page.goto('/console/keys');
  await page.getByLabel('Name').fill('Till in the hall');
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is it still you?');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('status').first()).toContainText('The key Till in the hall is made');
});

/** A device in the browser that is always unlocked. */
async function plugIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel('A name for it').fill('My phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('status').first()).toContainText('The passkey was added');
  await expect(page.getByText('My phone', { exact: true })).toBeVisible();
}

/** As if every second factor had been proven long ago. */
function forgetProofs(): void {
  const db = new Database(join(demoFolder, 'demo.db'), { timeout: 5000 });
  db.exec("UPDATE sessions SET factor_at = factor_at - 600000 WHERE kind = 'staff'");
  db.close();
}
