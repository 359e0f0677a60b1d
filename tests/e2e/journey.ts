import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { currency } from './journey/business.ts';
import {
  answerEvent,
  answerSurvey,
  claimDrop,
  enterClub,
  has,
  join,
  readEntry,
  tellAboutOrder,
} from './journey/customer.ts';
import { type House, leave, openPerson, type Person } from './journey/person.ts';
import { scan } from './journey/scanner.ts';
import {
  announceDrop,
  announceEvent,
  answerFeedback,
  enterConsole,
  inviteToClub,
  sendSurvey,
  takeExport,
} from './journey/staff.ts';

interface Walk {
  house: House;
  id: string;
  member: Person;
  friend: Person;
  staff: Person;
}

/** The whole way of a customer, from joining to the club, with the friend and the staff it takes. */
export async function walkJourney(house: House): Promise<void> {
  const id = randomUUID().slice(0, 8);
  const [member, friend, staff] = await Promise.all([
    openPerson(house, { name: 'Mira Wells', email: `mira-${id}@post.example` }),
    openPerson(house, { name: 'Robin Ash', email: `robin-${id}@letters.example` }),
    openPerson(house, { name: 'Olena', email: `olena-${id}@fernandkettle.example` }),
  ]);
  const walk = { house, id, member, friend, staff };
  await test.step('joins, and past orders appear', () => joining(walk));
  await test.step('tells about an order, and staff answer', () => feedback(walk));
  await test.step('is thanked for answering a survey', () => survey(walk));
  await test.step('recommends a friend, and both are paid', () => referral(walk));
  await test.step('a return takes both back and says so', () => returned(walk));
  await test.step('is invited into the club', () => club(walk));
  await test.step('staff take it home', () => exported(walk));
  await test.step('a mail scanner changes nothing', () => scan(house, [member, friend]));
  await leave(member, friend, staff);
}

async function joining({ house: { business }, id, member }: Walk): Promise<void> {
  await business.tell(
    '/orders',
    order(`J-${id}`, member, { amount: 12000, placedAt: '2026-02-01T10:00:00Z' }),
  );
  await member.page.goto(member.at('/'));
  await member.look();
  await member.go('joining_start');
  await join(member);
  await expect(member.page.getByRole('link', { name: `J-${id}` })).toBeVisible();
  await has(member, 500n);
  await readEntry(member, 'entry_earn', 500n);
}

async function feedback({ house: { business }, id, member, staff }: Walk): Promise<void> {
  const reference = await tellAboutOrder(member, `J-${id}`, `Sell the cups one by one, please (${id}).`);
  const link = await business.regulars('staff', 'add', staff.email, '--role', 'owner');
  await enterConsole(staff, link.trim());
  await answerFeedback(staff, reference, `From next week on, ${id}.`);
  await business.runJobs();
  const { link: thread, text } = await member.mail(new RegExp(`/account/feedback/${reference}`));
  expect(text).toContain(`From next week on, ${id}.`);
  await member.page.goto(thread);
  await expect(member.page.locator('.thread')).toContainText(`From next week on, ${id}.`);
  await member.look();
}

async function survey({ house: { business }, id, member, staff }: Walk): Promise<void> {
  await sendSurvey(staff, member.email);
  await business.runJobs();
  await answerSurvey(member, `The cups, as I said (${id}).`);
  await has(member, 750n);
}

async function referral({ house: { business }, id, member, friend }: Walk): Promise<void> {
  await member.go('nav_you', 'referral_nav');
  const link = (await member.page.locator('code', { hasText: '/r/' }).textContent()) ?? '';
  await friend.page.goto(link);
  await friend.look();
  await friend.page.getByRole('link', { name: friend.t('referral_gift_join') }).click();
  await friend.reads('joining_friend_note');
  await join(friend);
  await friend.go('nav_you', 'referral_nav');
  await friend.reads('referral_came_title');
  await member.go('nav_you', 'referral_nav');
  await member.reads('referral_state_joined');
  const placedAt = new Date().toISOString();
  await business.tell('/orders', order(`F-${id}`, friend, { amount: 4000, placedAt }));
  await business.runJobs();
  await member.go('nav_you', 'referral_nav');
  await member.reads('referral_state_rewarded');
  await expect(member.page.locator('main')).not.toContainText(`F-${id}`);
  await friend.go('nav_you', 'referral_nav');
  await friend.reads('referral_came_paid', { amount: friend.money(500n) });
  await has(member, 1250n);
  await has(friend, 500n);
  for (const one of [member, friend]) await readEntry(one, 'entry_bonus', 500n);
}

async function returned({ house: { business }, id, member, friend }: Walk): Promise<void> {
  const lines = [{ line: '1', amount: { amount: 4000, currency } }];
  const at = new Date().toISOString();
  await business.tell(`/orders/web/F-${id}/refunds`, { id: `R-${id}`, at, reason: 'Sent back', lines });
  await business.runJobs();
  await member.go('nav_you', 'referral_nav');
  await member.reads('referral_state_returned');
  await member.reads('referral_text_returned');
  await friend.go('nav_you', 'referral_nav');
  await friend.reads('referral_came_returned');
  for (const one of [member, friend]) {
    await readEntry(one, 'entry_bonus_reversal', -500n);
    const about = (await business.mailsTo(one.email)).flatMap(({ links }) => links);
    expect(about.filter((link) => link.endsWith('/account/friends'))).toHaveLength(one === member ? 3 : 2);
  }
  await has(member, 750n);
  await has(friend, 0n);
}

async function club({ house: { way, business }, id, member, staff }: Walk): Promise<void> {
  await inviteToClub(staff, member.email);
  await business.runJobs();
  await enterClub(member);
  const drop = { en: `Winter roast ${id}`, uk: `Зимове обсмаження ${id}` };
  const event = { en: `A tasting ${id}`, uk: `Дегустація ${id}` };
  await announceDrop(staff, drop);
  await announceEvent(staff, event);
  await business.runJobs();
  await claimDrop(member, drop[way.language]);
  await answerEvent(member, event[way.language]);
}

async function exported({ id, member, staff }: Walk): Promise<void> {
  const csv = await takeExport(staff);
  for (const told of [
    `Sell the cups one by one, please (${id}).`,
    `From next week on, ${id}.`,
    `The cups, as I said (${id}).`,
    member.email,
  ])
    expect(csv).toContain(told);
}

function order(
  number: string,
  { email, name }: Person,
  { amount, placedAt }: { amount: number; placedAt: string },
): object {
  return {
    source: 'web',
    number,
    placedAt,
    currency,
    status: 'delivered',
    customer: { email, name },
    lines: [{ id: '1', product: 'Cup', total: { amount, currency } }],
  };
}
