import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import { built } from '../../../languages/built.ts';
import { currency, timeZone } from './business.ts';
import type { Person } from './person.ts';
import type { Say } from './words.ts';

/** Signs in by the link that the command line prints, and sets up a second factor. */
export async function enterConsole(staff: Person, link: string): Promise<void> {
  const { page, t } = staff;
  await page.goto(link);
  if (staff.language === 'uk') await page.getByRole('link', { name: built.uk.inIt }).click();
  await staff.look();
  await staff.press('link_submit');
  await staff.reads('factor_new_title');
  await staff.look();
  await setUpFactor(page, t);
  await staff.look();
  await page.getByRole('link', { name: t('factor_paper_done') }).click();
  await expect(page).toHaveURL(/\/console$/);
  await staff.look();
}

/** Shows that an app has the secret; leads to the paper codes. */
export async function setUpFactor(page: Page, t: Say): Promise<void> {
  const secret = (await page.locator('main code').textContent())?.replaceAll(' ', '') ?? '';
  await page.getByLabel(t('factor_first_code')).fill(new TOTP({ secret }).generate());
  await page.getByRole('button', { name: t('factor_new_submit'), exact: true }).click();
  await expect(page.getByText(t('factor_paper_title')).first()).toBeVisible();
}

export async function answerFeedback(staff: Person, reference: string, answer: string): Promise<void> {
  const { page } = staff;
  await staff.go('feedback_console');
  await staff.fill('feedback_filter_text', reference);
  await staff.press('feedback_filter_apply');
  await page.getByRole('link', { name: reference }).click();
  await staff.look();
  await staff.fill('feedback_answer_label', answer);
  await staff.press('feedback_answer_send');
  await staff.reads('feedback_case_saved');
  await expect(page.locator('.thread')).toContainText(answer);
  await staff.look();
}

/** Makes a survey of the template about recommending, thanks for it with 2.50, and asks one customer. */
export async function sendSurvey(staff: Person, email: string): Promise<void> {
  const { page, t } = staff;
  await staff.go('nav_surveys');
  await page.getByRole('radio', { name: t('surveys_template_nps') }).check();
  await staff.press('surveys_start_button');
  await staff.look();
  await page
    .getByLabel(t('surveys_edit_trigger'), { exact: true })
    .selectOption(t('surveys_edit_trigger_by_hand'));
  await staff.fill('surveys_edit_incentive', '2,50', { currency });
  await staff.press('surveys_edit_save');
  await staff.reads('surveys_saved');
  await staff.look();
  await staff.press('surveys_open_now');
  await staff.reads('surveys_opened');
  await staff.look();
  await page.getByRole('radio', { name: t('surveys_send_one') }).check();
  await staff.fill('surveys_send_email', email);
  await staff.press('surveys_send_button');
  await staff.reads('surveys_invited_one');
  await staff.look();
}

export async function inviteToClub(staff: Person, email: string): Promise<void> {
  await staff.go('club_nav');
  await staff.fill('sign_in_email', email);
  await staff.press('club_desk_invite');
  await staff.reads('club_saved');
  await staff.look();
}

interface Titles {
  en: string;
  uk: string;
}

/** Announces a drop of two pieces that is open already. */
export async function announceDrop(staff: Person, titles: Titles): Promise<void> {
  await staff.go('club_nav');
  await staff.page.getByRole('link', { name: staff.t('club_desk_new_drop') }).click();
  await staff.look();
  await staff.press('club_desk_announce');
  await staff.reads('problem_title');
  const { number } = formatsOf(staff.language, timeZone);
  const rule = staff.t('form_rule_number', { from: '1', to: number(1_000_000) });
  await staff.reads('form_rule', { field: staff.t('club_desk_stock'), rule });
  await staff.look();
  await title(staff, titles);
  await staff.fill('club_desk_stock', '2');
  await staff.fill('club_desk_opens_all', inHours(-1));
  await staff.fill('club_desk_closes', inHours(48));
  await staff.press('club_desk_announce');
  await staff.reads('club_saved');
  await staff.look();
}

export async function announceEvent(staff: Person, titles: Titles): Promise<void> {
  await staff.go('club_nav');
  await staff.page.getByRole('link', { name: staff.t('club_desk_new_event') }).click();
  await staff.look();
  await title(staff, titles);
  await staff.fill('club_event_where', '14 Tanner Yard');
  await staff.fill('club_desk_starts', inHours(72));
  await staff.fill('club_desk_ends', inHours(74));
  await staff.fill('club_event_answer_by', inHours(48));
  await staff.fill('club_desk_places', '5');
  await staff.fill('club_desk_guests_max', '1');
  await staff.press('club_desk_announce');
  await staff.reads('club_saved');
  await staff.look();
}

async function title(staff: Person, { en, uk }: Titles): Promise<void> {
  const fill = (field: 'title' | 'body', language: string, text: string) =>
    staff.page.locator(`[name="${field}_${language}"]`).first().fill(text);
  await fill('title', 'en', en);
  await fill('body', 'en', 'For members.');
  await fill('title', 'uk', uk);
  await fill('body', 'uk', 'Для учасників.');
}

/** What a field of a date and a time takes, in business time. */
function inHours(hours: number): string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return clock.format(Date.now() + hours * 3_600_000).replace(' ', 'T');
}

/** Everything customers told, with names, as a CSV. */
export async function takeExport(staff: Person): Promise<string> {
  const { page, t } = staff;
  await staff.go('exports_title');
  await page.getByLabel(t('exports_personal'), { exact: true }).check();
  const [download] = await Promise.all([page.waitForEvent('download'), staff.press('exports_button')]);
  return readFileSync(await download.path(), 'utf8');
}
