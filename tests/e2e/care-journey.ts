import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { expect, test } from '@playwright/test';
import { currency } from './journey/business.ts';
import { countedAs, pauseUntil, sendCampaign, writeCampaign } from './journey/campaign.ts';
import { join } from './journey/customer.ts';
import { type House, leave, openPerson, type Person } from './journey/person.ts';
import { enterConsole } from './journey/staff.ts';

/** Half of them are held back, so that some are on either side whatever is drawn. */
const READERS = 24;
const DAYS_OF_BREAK = 20;
const DAY_MS = 86_400_000;

interface Walk {
  house: House;
  id: string;
  staff: Person;
  /** Who takes a break before anything is sent. */
  quiet: Person;
}

/** One message to many, from its segment to what its voucher brought; and who asked for a break hears nothing of it. */
export async function walkCare(house: House): Promise<void> {
  const id = randomUUID().slice(0, 8);
  const [staff, quiet] = await Promise.all([
    openPerson(house, { name: 'Maryna', email: `maryna-${id}@fernandkettle.example` }),
    openPerson(house, { name: 'Noa Quiet', email: readerOf(id, 0) }),
  ]);
  const walk = { house, id, staff, quiet };
  await test.step('customers buy and agree to news', () => agree(walk));
  await test.step('one of them takes a break until a day', () => takeBreak(walk));
  const subject = await test.step('a message goes to their segment', () => send(walk));
  const told = await test.step('it reaches those who are to be told', () => arrive(walk, subject));
  await test.step('its voucher is used, and the result says so', () => use(walk, told));
  await leave(staff, quiet);
}

const readerOf = (id: string, at: number) => `reader-${at}-${id}@post.example`;

async function agree({ house: { business, way }, id }: Walk): Promise<void> {
  for (let at = 0; at < READERS; at += 1) {
    const { customerId } = await business.tell('/orders', {
      ...{ source: 'web', number: `N-${at}-${id}`, placedAt: '2026-02-01T10:00:00Z', currency },
      ...{ status: 'delivered', customer: { email: readerOf(id, at) } },
      lines: [{ id: '1', product: 'Tea', total: { amount: 3000, currency } }],
    });
    await business.tell(`/customers/${customerId}/preferences`, {
      wishes: [{ topic: 'news', channel: 'mail', isOn: true }],
      ...{ language: way.language, basis: 'Said so at the till' },
    });
  }
}

async function takeBreak({ quiet }: Walk): Promise<void> {
  await quiet.page.goto(quiet.at('/'));
  await quiet.go('joining_start');
  await join(quiet);
  await pauseUntil(quiet, new Date(Date.now() + DAYS_OF_BREAK * DAY_MS).toISOString().slice(0, 10));
}

async function send({ house: { business, way }, id, staff }: Walk): Promise<string> {
  await setSegment(business, id);
  const link = await business.regulars('staff', 'add', staff.email, '--role', 'owner');
  await enterConsole(staff, link.trim());
  const subjects = { en: `New tea ${id}`, uk: `Новий чай ${id}` };
  await writeCampaign(staff, { name: `Tea ${id}`, subjects, segment: `readers-${id}` });
  expect(await countedAs(staff, 'campaigns_reason_paused')).toBe(1);
  await sendCampaign(staff);
  return subjects[way.language];
}

/** Whose address holds the id of this walk. */
async function setSegment({ regulars }: House['business'], id: string): Promise<void> {
  const folder = mkdtempSync(pathOf(tmpdir(), 'regulars-segment-'));
  const file = pathOf(folder, 'segment.json');
  const rules = [{ field: 'customer.email', operator: 'contains', value: id }];
  writeFileSync(file, JSON.stringify({ combinator: 'and', rules }));
  await regulars('segments', 'set', `readers-${id}`, file);
  rmSync(folder, { recursive: true, force: true });
}

/** Waits until no mail waits. @returns the addresses that got one */
async function arrive({ house: { business }, id, staff, quiet }: Walk, subject: string): Promise<string[]> {
  const told: string[] = [];
  await expect(async () => {
    await business.runJobs();
    await staff.page.reload();
    expect(await countedAs(staff, 'campaigns_sent')).toBeGreaterThan(0);
    expect(await countedAs(staff, 'campaigns_waiting')).toBe(0);
  }).toPass({ timeout: 120_000 });
  for (let at = 0; at < READERS; at += 1) {
    const mails = await business.mailsTo(readerOf(id, at));
    const mine = mails.filter((mail) => mail.subject === subject);
    expect(mine.length, readerOf(id, at)).toBeLessThanOrEqual(1);
    if (mine.length > 0) told.push(readerOf(id, at));
  }
  expect(told).toHaveLength(await countedAs(staff, 'campaigns_told'));
  expect(told.length + (await countedAs(staff, 'campaigns_held'))).toBe(READERS - 1);
  expect(told).not.toContain(quiet.email);
  await staff.look();
  return told;
}

async function use({ house, id, staff }: Walk, told: readonly string[]): Promise<void> {
  const { business } = house;
  const reader = await openPerson(house, { name: 'Ria Reader', email: told[0] ?? '' });
  await reader.page.goto(reader.at('/'));
  await reader.go('joining_start');
  await join(reader);
  const { link, text } = await reader.mail(/\/account\/news\//);
  await reader.page.goto(link);
  await expect(reader.page.getByRole('heading', { level: 1 })).toContainText(id);
  await reader.look();
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '';
  await expect(reader.page.locator('main')).toContainText(code);
  await business.tell(`/vouchers/${code}/use`, {
    ...{ order: { source: 'till', number: `V-${id}` }, amount: { amount: 250, currency } },
  });
  await business.runJobs();
  await staff.page.reload();
  const paid = staff.money(250n);
  await staff.reads('campaigns_vouchers', { given: String(told.length), used: '1', paid });
  const [cannotTell = ''] = staff.t('campaigns_effect_too_few').split(':');
  await expect(staff.page.getByText(cannotTell).first()).toBeVisible();
  await staff.look();
  await leave(reader);
}
