import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import type { Locale } from '../../../functions/ground/identity/languages.ts';
import { axeFindings, overflowOf } from '../judge.ts';
import { type Business, currency, type Mail, timeZone } from './business.ts';
import { type Say, wordsOf } from './words.ts';

/** What distinguishes one journey from another. */
export interface Way {
  language: Locale;
  viewport: { width: number; height: number };
  javaScriptEnabled: boolean;
}

/** Somebody at a browser of their own. */
export interface Person {
  page: Page;
  language: Locale;
  name: string;
  email: string;
  t: Say;
  /** An address in the language of this person. */
  at: (path: string) => string;
  money: (minor: bigint) => string;
  /** That what is shown now fits, and that axe finds nothing. */
  look: () => Promise<void>;
  /** Follows links of the navigation, one below the other. */
  go: (...sections: string[]) => Promise<void>;
  press: (button: string, values?: Record<string, string>) => Promise<void>;
  fill: (label: string, text: string, values?: Record<string, string>) => Promise<void>;
  /** That the page says something. */
  reads: (name: string, values?: Record<string, string>) => Promise<void>;
  /** Waits for the newest mail that has such a link; returns the link, too. */
  mail: (link: RegExp) => Promise<Mail & { link: string }>;
}

export interface House {
  browser: Browser;
  business: Business;
  way: Way;
}

/** Opens a browser that nobody has used. */
export async function openPerson(house: House, who: { name: string; email: string }): Promise<Person> {
  const { way, business } = house;
  const { language, ...options } = way;
  const page = await (await house.browser.newContext(options)).newPage();
  const t = wordsOf(language);
  const look = await lookerOf(house, page);
  return {
    ...who,
    page,
    language,
    t,
    look,
    at: (path) => `${business.origin}${language === 'en' ? '' : '/uk'}${path}`,
    money: (minor) => formatsOf(language, timeZone).money({ minor, currency }),
    go: async (first, ...below) => {
      const tabs = page.locator('header nav, nav.rail').last();
      const link = tabs.getByRole('link', { name: t(first), exact: true });
      if (!(await link.isVisible())) await tabs.locator('summary').click();
      await link.click();
      const subtabs = page.locator('nav.switch');
      for (const section of below) await subtabs.getByRole('link', { name: t(section), exact: true }).click();
      await look();
    },
    press: (button, values) =>
      page
        .getByRole('button', { name: t(button, values), exact: true })
        .first()
        .click(),
    fill: (label, text, values) => page.getByLabel(t(label, values), { exact: true }).first().fill(text),
    reads: (name, values) => expect(page.getByText(t(name, values)).first()).toBeVisible(),
    mail: (link) => newestMail(business, who.email, link),
  };
}

async function newestMail(business: Business, email: string, link: RegExp): Promise<Mail & { link: string }> {
  let found: (Mail & { link: string }) | undefined;
  await expect(async () => {
    const mails = await business.mailsTo(email);
    found = mails
      .map((mail) => ({ ...mail, link: mail.links.find((one) => link.test(one)) ?? '' }))
      .find((mail) => mail.link !== '');
    expect(found, `a mail to ${email} with ${link}`).toBeDefined();
  }).toPass({ timeout: 20_000 });
  if (found === undefined) throw new Error('there is no such mail');
  return found;
}

/** Where pages have no script axe gets a copy of what is shown, in a browser that has. */
async function lookerOf({ browser, way }: House, page: Page): Promise<() => Promise<void>> {
  const copy: BrowserContextOptions = { viewport: way.viewport };
  const seen = new Set<string>();
  const mirror = way.javaScriptEnabled ? null : await (await browser.newContext(copy)).newPage();
  return async () => {
    await page.waitForLoadState();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(way.language);
    expect(await overflowOf(page), page.url()).toBeLessThanOrEqual(0);
    const html = await page.content();
    if (seen.has(html)) return;
    seen.add(html);
    if (mirror !== null) await mirror.setContent(html);
    expect(await axeFindings(mirror ?? page), page.url()).toEqual([]);
  };
}

export async function leave(...people: Person[]): Promise<void> {
  await Promise.all(people.map(({ page }) => page.context().close()));
}
