import { expect } from '@playwright/test';
import { codeFor } from './customer.ts';
import type { House, Person } from './person.ts';

/**
 * Opens every address of every mail to some people as a mail scanner does: by HEAD, and in a browser with script that
 * follows all redirections. Afterwards nobody is signed in by it, no code is used up, and no mail switched off.
 */
export async function scan(house: House, people: readonly Person[]): Promise<void> {
  for (const person of people) {
    const before = await topicsOf(person);
    await person.page.goto(person.at('/account/settings'));
    await person.press('sign_out');
    await askForCode(house, person);
    await openAll(house, person);
    await person.fill('code_label', await codeFor(person));
    await person.press('code_submit');
    await expect(person.page).toHaveURL(/\/account$/);
    expect(await topicsOf(person)).toEqual(before);
  }
}

async function askForCode({ business }: House, person: Person): Promise<void> {
  const before = await business.mailsTo(person.email);
  await person.page.goto(person.at('/sign-in'));
  await person.fill('sign_in_email', person.email);
  await person.press('sign_in_send');
  await expect(person.page).toHaveURL(/\/sign-in\/code\?id=/);
  await expect(async () => {
    const mails = await business.mailsTo(person.email);
    expect(mails.length).toBeGreaterThan(before.length);
  }).toPass({ timeout: 20_000 });
}

async function openAll({ browser, business }: House, person: Person): Promise<void> {
  const scanner = await browser.newContext();
  const page = await scanner.newPage();
  const mails = await business.mailsTo(person.email);
  const links = new Set(
    mails.flatMap((mail) => mail.links).filter((link) => link.startsWith(business.origin)),
  );
  expect([...links].some((link) => link.includes('/mail/unsubscribe'))).toBe(true);
  expect([...links].some((link) => link.includes('/sign-in/link'))).toBe(true);
  for (const link of links) {
    expect((await scanner.request.head(link)).status(), link).toBeLessThan(500);
    expect((await page.goto(link, { waitUntil: 'load' }))?.status(), link).toBeLessThan(500);
  }
  for (const room of ['/account', '/console']) {
    await page.goto(`${business.origin}${room}`);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  await scanner.close();
}

/** What the preferences say of each topic. */
async function topicsOf(person: Person): Promise<string[]> {
  await person.page.goto(person.at('/account/settings/preferences'));
  await person.look();
  const wishes = person.page.locator('main select[name^="wish-"]');
  const topics: string[] = [];
  for (const wish of await wishes.all()) topics.push(await wish.inputValue());
  expect(topics.filter((topic) => topic === 'on').length).toBeGreaterThan(3);
  return topics;
}
