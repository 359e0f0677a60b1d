import { expect } from '@playwright/test';
import { currency } from './business.ts';
import type { Person } from './person.ts';

/** What a campaign says and gives, and to whom. */
export interface Written {
  name: string;
  /** By language. */
  subjects: Record<'en' | 'uk', string>;
  /** What staff call the segment. */
  segment: string;
}

/** Writes a campaign to a segment, half of whose accounts are held back, with a voucher of 2.50; leads to its check list. */
export async function writeCampaign(staff: Person, { name, subjects, segment }: Written): Promise<void> {
  const { page, t } = staff;
  await staff.go('campaigns_nav');
  await staff.press('campaigns_new');
  await staff.look();
  for (const [language, subject] of Object.entries(subjects)) {
    await page.locator(`[name="subject_${language}"]`).fill(subject);
    await page.locator(`textarea[name$="_texts_${language}"]`).first().fill(`${subject}.`);
  }
  await page.getByRole('button', { name: `+ ${t('campaigns_block_voucher')}`, exact: true }).click();
  await staff.reads('campaigns_saved');
  await page.getByLabel(t('campaigns_segment'), { exact: true }).selectOption(segment);
  await page
    .getByLabel(t('campaigns_control'), { exact: true })
    .selectOption(t('campaigns_control_share', { n: '50' }));
  await staff.fill('campaigns_voucher_in', '2,50', { currency });
  await staff.fill('campaigns_name', name);
  await staff.press('campaigns_go_check');
  await expect(page).toHaveURL(/\/check(#|$)/);
  await staff.reads('campaigns_flaws_none');
  await staff.look();
}

/** Sends what is checked, after a time that has passed is refused; leads to its progress. */
export async function sendCampaign(staff: Person): Promise<void> {
  const { page, t } = staff;
  await staff.fill('campaigns_at', '2020-02-29T10:00');
  await staff.press('campaigns_schedule');
  await expect(page.getByRole('alert')).toContainText(t('campaigns_rule_at_past'));
  await staff.look();
  await staff.fill('campaigns_at', '');
  await staff.press('campaigns_schedule');
  await staff.reads('campaigns_confirm');
  await staff.look();
  await staff.press('campaigns_schedule');
  await expect(page).toHaveURL(/\/campaigns\/[^/]+$/);
  await staff.look();
}

/** A figure of the progress of a campaign, by its label. */
export async function countedAs(staff: Person, label: string): Promise<number> {
  const row = staff.page.locator('dl.sum > div').filter({ hasText: staff.t(label) });
  return Number(await row.first().locator('dd').textContent());
}

/** Takes a break until a day, in the settings. */
export async function pauseUntil(person: Person, day: string): Promise<void> {
  await person.go('nav_you', 'prefs_title');
  await person.fill('prefs_pause_label', day);
  await person.press('settings_save');
  await person.reads('settings_saved');
  await expect(person.page.getByLabel(person.t('prefs_pause_label'), { exact: true })).toHaveValue(day);
  await person.look();
}
