import { expect } from '@playwright/test';
import type { Person } from './person.ts';

/** Joins from the page that is open: the email, the code of the mail, the name. */
export async function join(person: Person): Promise<void> {
  const { page, email, name } = person;
  await person.look();
  await person.fill('sign_in_email', email);
  await person.press('joining_start');
  await expect(page).toHaveURL(/\/sign-in\/code\?id=/);
  await person.look();
  await person.fill('code_label', await codeFor(person));
  await person.press('code_submit');
  await expect(page).toHaveURL(/\/join\/name$/);
  await person.look();
  await person.fill('joining_name_label', name);
  await person.press('joining_finish');
  await expect(page).toHaveURL(/\/account$/);
  await person.look();
}

/** The code of the newest mail to sign in. */
export async function codeFor(person: Person): Promise<string> {
  const { subject, text } = await person.mail(/\/sign-in\/link/);
  const digits = /\b(\d{3}) ?(\d{3})\b/.exec(`${subject}\n${text}`);
  return `${digits?.[1] ?? ''}${digits?.[2] ?? ''}`;
}

/** Writes about an order from its page; returns the reference. */
export async function tellAboutOrder(person: Person, order: string, text: string): Promise<string> {
  const { page, t } = person;
  await person.go('nav_orders');
  await page.getByRole('link', { name: order }).click();
  await person.reads('earned_title');
  await person.look();
  await page.getByRole('link', { name: t('feedback_order_link') }).click();
  await person.look();
  await person.press('feedback_send');
  await expect(page.getByRole('alert')).toContainText(t('feedback_wrong_kind'));
  await person.look();
  await page.getByRole('radio', { name: t('feedback_kind_idea') }).check();
  await person.fill('feedback_text', text);
  await person.press('feedback_send');
  await person.reads('feedback_sent_notice');
  await person.look();
  return /feedback\/([0-9A-Z-]{9})/.exec(page.url())?.[1] ?? '';
}

/** Follows the mail's link and answers to the end. */
export async function answerSurvey(person: Person, words: string): Promise<void> {
  const { page, t } = person;
  await page.goto((await person.mail(/\/surveys\//)).link);
  await person.reads('surveys_incentive', { amount: person.money(250n) });
  await person.look();
  await person.press('surveys_next');
  await expect(page.getByRole('alert')).toContainText(t('surveys_missing'));
  await person.look();
  await page.getByText('10', { exact: true }).first().click();
  await person.press('surveys_next');
  await page.getByRole('textbox').fill(words);
  await person.look();
  await person.press('surveys_next');
  await person.reads('surveys_thanks_paid', { amount: person.money(250n) });
  await person.look();
  await page.getByRole('link', { name: t('surveys_to_account') }).click();
}

/** What is theirs to spend, as the first page of the account says it. */
export async function has(person: Person, minor: bigint): Promise<void> {
  await person.go('nav_overview');
  await expect(person.page.locator('.figure').first()).toHaveText(person.money(minor));
}

/** Opens the newest entry of a kind in the statement, which says what it came from. */
export async function readEntry(person: Person, kind: string, minor: bigint): Promise<void> {
  const { page, t } = person;
  await person.go('nav_rewards');
  const entry = page.getByRole('listitem').filter({ has: page.locator('summary', { hasText: t(kind) }) });
  await entry.first().locator('summary').click();
  await expect(entry.first()).toContainText(t('entry_amount'));
  await expect(entry.first()).toContainText(person.money(minor));
  await person.look();
}

/** Joins the club by the invitation that came by mail. */
export async function enterClub(person: Person): Promise<void> {
  await person.page.goto((await person.mail(/\/account\/club/)).link);
  await person.reads('club_invited');
  await person.look();
  await person.press('club_accept');
  await person.reads('club_welcome');
  await person.look();
}

export async function claimDrop(person: Person, title: string): Promise<void> {
  const { page } = person;
  await person.go('club_nav');
  await page.getByRole('link', { name: title }).click();
  await person.look();
  await person.press('club_drop_claim');
  await person.reads('club_drop_yours');
  await person.look();
}

export async function answerEvent(person: Person, title: string): Promise<void> {
  const { page, t } = person;
  await person.go('club_nav');
  await page.getByRole('link', { name: title }).click();
  await person.look();
  await page.getByRole('radio', { name: t('club_event_yes'), exact: true }).check();
  await person.fill('club_event_guests', '9');
  await person.press('club_event_send');
  await expect(page.getByRole('alert')).toContainText(t('club_event_guests_wrong', { count: '1' }));
  await person.look();
  await person.fill('club_event_guests', '1');
  await person.press('club_event_send');
  await person.reads('club_event_seated');
  await person.look();
}
