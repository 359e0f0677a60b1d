import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { regulars } from '../../support/cli.ts';
import { type FakeResend, openFakeResend } from '../../support/fake-resend.ts';
import { type Portal, portalSettings, startServer } from '../../support/server.ts';
import { receivingSettings, tellReceived } from '../../support/tell-received.ts';

const ann = 'ann@example.com';
const people = 'email,name\nann@example.com,Ann Hill\n';

/** A portal that sends mail and takes answers: the demo keeps its mail to itself. */
interface Open {
  portal: Portal;
  fake: FakeResend;
  settings: Record<string, string>;
  close: () => Promise<void>;
}

test('a manager is given a customer, logs a call, does what is due and answers; the reply is in the thread', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const open = await openPortal();
  try {
    const context = () => browser.newContext({ baseURL: open.portal.origin });
    const [owner, maryna, customer] = [await context(), await context(), await context()];
    const page = await signInColleague(open, owner, 'olena@tea.example');
    const hers = await signInColleague(open, maryna, 'maryna@tea.example');
    await hers.goto('/console/managers/profile');
    await hers.getByLabel('Name', { exact: true }).fill('Maryna Bondar');
    await hers.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(hers.getByRole('status')).toHaveText('Saved.');
    await giveManager(page);
    await logCall(hers);
    const reference = await tellProblem(open, customer);
    await answerCase(hers, reference);
    await replyByMail(open);
    await regulars(open.settings, 'jobs', 'run');
    await expect
      .poll(
        async () => {
          await hers.goto(`/console/feedback/${reference}`);
          return hers.locator('.thread').textContent();
        },
        { timeout: 90_000, intervals: [2000] },
      )
      .toContain('Thanks, that helps.');
    await expect(hers.locator('.thread')).toContainText('notes.txt');
    await hers.goto('/console/contacts/day');
    await hers.getByRole('button', { name: /^Done/ }).click();
    await expect(hers.locator('main')).not.toContainText('Send the filter');
  } finally {
    await open.close();
  }
});

async function openPortal(): Promise<Open> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-manager-day-'));
  const { fake, close } = await openFakeResend();
  const settings = {
    ...portalSettings(`file:${join(folder, 'regulars.db')}`, fake.baseUrl),
    ...receivingSettings,
  };
  await regulars(settings, 'settings', 'set', 'currency', 'EUR');
  await regulars(settings, 'settings', 'set', 'staffFactor', 'optional');
  await regulars(settings, 'settings', 'set', 'registration', 'open');
  const file = join(folder, 'people.csv');
  writeFileSync(file, people);
  await regulars(settings, 'import', 'customers', file);
  const portal = await startServer(settings);
  const end = async () => {
    await portal.running.end('SIGTERM');
    close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { portal, fake, settings, close: end };
}

async function signInColleague({ settings }: Open, context: BrowserContext, email: string): Promise<Page> {
  const role = email.startsWith('olena') ? 'owner' : 'manager';
  const link = new URL((await regulars(settings, 'staff', 'add', email, '--role', role)).trim());
  const page = await context.newPage();
  await page.goto(`${link.pathname}${link.search}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/console/);
  return page;
}

/** Where the console shows Ann. */
async function openAnn(page: Page): Promise<void> {
  await page.goto(`/console/customers?search=${ann}`);
  await page.locator('.dense tbody th a').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ann Hill');
}

async function giveManager(page: Page): Promise<void> {
  await openAnn(page);
  await page.getByRole('link', { name: 'No account manager' }).click();
  await page.getByLabel(/^Account manager/).selectOption({ label: 'Maryna Bondar' });
  await page.getByLabel(/^Why/).fill('Knows coffee');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.locator('.lift')).toContainText('Account manager: Maryna Bondar');
}

/** From Ann's page, with what is to be done today; then it is among what is due. */
async function logCall(page: Page): Promise<void> {
  await openAnn(page);
  await page.getByRole('link', { name: 'Log a contact' }).click();
  await page.getByLabel('The customer').check();
  await page.getByLabel('What was said').fill('Asks for a filter.');
  await page.getByLabel('What is to be done').fill('Send the filter');
  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel('On', { exact: true }).fill(today);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('main')).toContainText('Asks for a filter.');
  await page.goto('/console/contacts/day');
  await expect(page.locator('main')).toContainText('Send the filter');
}

/** Ann joins by the code that she is sent, sees who looks after her, and tells what is wrong; the number of it. */
async function tellProblem({ fake }: Open, context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(ann);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await expect.poll(() => newestTo(fake, /\d{6}/)).not.toBeNull();
  const code = /\d{6}/.exec(newestTo(fake, /\d{6}/)?.subject ?? '')?.[0] ?? '';
  await page.getByLabel('Six-digit code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Agree and join' }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.locator('main')).toContainText('Maryna Bondar');
  await page.goto('/account/feedback/new');
  await page.getByRole('radio', { name: 'A problem' }).check();
  await page.getByRole('textbox', { name: 'Your message' }).fill('The filter leaks.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page).toHaveURL(/\/account\/feedback\/[0-9A-Z-]{9}\?done=sent$/);
  return /feedback\/([0-9A-Z-]{9})/.exec(page.url())?.[1] ?? '';
}

async function answerCase(page: Page, reference: string): Promise<void> {
  await page.goto(`/console/feedback/${reference}`);
  await page.getByRole('textbox', { name: 'Answer to the customer' }).fill('A new one is on its way.');
  await page.getByRole('button', { name: 'Send answer' }).click();
  await expect(page.locator('.thread')).toContainText('A new one is on its way.');
}

/** Ann answers the mail that Maryna signed, with a file that nobody keeps. */
async function replyByMail({ fake, portal, settings }: Open): Promise<void> {
  const signed = () => fake.accepted.findLast(({ body }) => String(body.from).startsWith('"Maryna Bondar, '));
  await expect.poll(() => signed()?.body.to, { timeout: 30_000 }).toBe(ann);
  const [, replyTo = ''] = /<(replies\+[^<>]+)>/.exec(String(signed()?.body.reply_to)) ?? [];
  const sent = { from: `Ann <${ann}>`, to: [replyTo], subject: 'Re: The filter' };
  fake.received.files.set('notes', Buffer.from('plain words'));
  fake.received.mails.set('answer', {
    ...{ ...sent, text: 'Thanks, that helps.\n\n> A new one is on its way.' },
    attachments: [{ id: 'notes', filename: 'notes.txt', size: 11, content_type: 'text/plain' }],
  });
  const told = await tellReceived({ origin: portal.origin, settings }, { email_id: 'answer', ...sent });
  expect(told).toBe(204);
}

function newestTo({ accepted }: FakeResend, subject: RegExp): { subject: string } | null {
  const found = accepted.findLast(({ body }) => body.to === ann && subject.test(String(body.subject)));
  return found === undefined ? null : { subject: String(found.body.subject) };
}
