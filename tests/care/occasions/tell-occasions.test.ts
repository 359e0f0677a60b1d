import { expect, test } from 'vitest';
import { addOwnDay, endOwnDay, listOwnDays } from '../../../functions/care/occasions/days.ts';
import { listComing } from '../../../functions/care/occasions/list-coming.ts';
import { setOccasion } from '../../../functions/care/occasions/set-occasion.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import { moneyBack } from '../../support/shop.ts';
import { rowsOf } from '../contacts/house.ts';
import { mailOf, openOccasions, plainly } from './house.ts';

test('whoever was born on 29 February is wished well on 1 March in common years, once, by the clock of the business', async () => {
  const { join, set, goTo, wishes } = await openOccasions();
  await join('leap', '02-29');
  await join('march', '03-01');
  await set();
  expect(await goTo('2027-02-28T23:30')).toBe(0);
  expect(await goTo('2027-03-01T07:59')).toBe(0);
  expect(await goTo('2027-03-01T08:00')).toBe(2);
  expect(await goTo('2027-03-01T20:00')).toBe(0);
  expect(await goTo('2028-02-29T08:00')).toBe(1);
  expect(await goTo('2028-03-01T08:00')).toBe(1);
  expect(await wishes()).toEqual([
    ['leap@example.com', '2027-03-01', 'birthday', null],
    ['march@example.com', '2027-03-01', 'birthday', null],
    ['leap@example.com', '2028-02-29', 'birthday', null],
    ['march@example.com', '2028-03-01', 'birthday', null],
  ]);
});

test('a gift is in the account with the words, once, as credit or as a voucher, and the books add up', async () => {
  const { ctx, join, set, goTo, wishes, differences } = await openOccasions();
  const ann = await join('ann', '05-14');
  const bob = await join('bob', '06-01');
  await set({ giftForm: 'credit', amount: '5.00' });
  await goTo('2026-05-14T09:00');
  await set({ giftForm: 'voucher', amount: '7,50', minimum: '20', months: 3 });
  await goTo('2026-06-01T09:00');
  expect(await wishes()).toEqual([
    ['ann@example.com', '2026-05-14', 'birthday', 500],
    ['bob@example.com', '2026-06-01', 'birthday', 750],
  ]);
  const bonuses = 'SELECT account_id, cause_kind, amount_minor FROM bonuses ORDER BY at';
  expect(await rowsOf(ctx, bonuses)).toEqual([
    [ann.accountId, 'occasion', 500],
    [bob.accountId, 'occasion', 750],
  ]);
  const vouchers = `SELECT v.account_id, v.amount_minor, v.minimum_minor, date(v.expires_at / 1000, 'unixepoch'), v.code = o.params ->> '$.code'
    FROM vouchers AS v, outbox AS o WHERE o.template = 'occasion_wish' AND o.params ->> '$.code' <> ''`;
  expect(await rowsOf(ctx, vouchers)).toEqual([[bob.accountId, 750, 2000, '2026-09-30', 1]]);
  const balances =
    'SELECT id, balance_minor FROM accounts WHERE owner_id IS NOT NULL ORDER BY balance_minor DESC';
  expect(await rowsOf(ctx, balances)).toEqual([
    [ann.accountId, 500],
    [bob.accountId, 0],
  ]);
  expect(await differences()).toEqual([]);
});

test('what a debt takes of a voucher is not given again', async () => {
  const { ctx, shop, join, set, goTo, differences } = await openOccasions();
  const ann = await join('ann', '05-14');
  await set({ giftForm: 'voucher', amount: '5.00', months: 1 });
  await adjust(ctx, { account: 'ann@example.com', amount: 300n, reason: 'Late' });
  const order = await shop.order({ email: 'ann@example.com', number: 'B-1', totals: [10_000] });
  const whole = { accountId: ann.accountId, customerId: null, currency: 'EUR', reference: null } as const;
  await redeem(ctx, { ...whole, kind: 'till', amount: 800n });
  await shop.refund(order.number, '1', 10_000);
  expect(await rowsOf(ctx, 'SELECT balance_minor FROM accounts WHERE id = ?', ann.accountId)).toEqual([
    [-500],
  ]);
  await goTo('2026-05-14T09:00');
  expect(await rowsOf(ctx, 'SELECT code FROM vouchers')).toEqual([]);
  expect(await rowsOf(ctx, 'SELECT balance_minor FROM accounts WHERE id = ?', ann.accountId)).toEqual([[0]]);
  expect(await differences()).toEqual([]);
});

test.each([
  ['on the day after', '2026-05-15T09:00', [['ann@example.com', '2026-05-15', 'birthday', 500]], 1],
  ['three days late', '2026-05-17T09:00', [['ann@example.com', '2026-05-17', 'birthday', 500]], 1],
  ['four days late, without words', '2026-05-18T09:00', [], 1],
  ['thirty days late, without words', '2026-06-13T09:00', [], 1],
  ['a day later than that, never', '2026-06-14T09:00', [], 0],
])('where nothing ran for days, the gift comes once: %s', async (_name, at, mails, gifts) => {
  const { ctx, join, set, goTo, wishes } = await openOccasions();
  await join('ann', '05-14');
  await set({ giftForm: 'credit', amount: '5.00' });
  await goTo(at);
  expect(await wishes()).toEqual(mails);
  expect(await rowsOf(ctx, 'SELECT count(*) FROM bonuses')).toEqual([[gifts]]);
});

test('days before it was switched on are nobody’s', async () => {
  const { join, set, goTo, wishes } = await openOccasions();
  await join('ann', '05-14');
  await goTo('2026-05-15T09:00');
  await set({ giftForm: 'credit', amount: '5.00' });
  await goTo('2026-05-15T10:00');
  expect(await wishes()).toEqual([]);
});

test('whatever day somebody says is theirs, a year of it lasts 300 days', async () => {
  const { join, tellBirthday, set, goTo, wishes } = await openOccasions();
  const { customerId } = await join('ann', '12-30');
  await set({ giftForm: 'credit', amount: '5.00' });
  await goTo('2026-12-30T09:00');
  await tellBirthday(customerId, '01-03');
  await goTo('2027-01-03T09:00');
  expect((await wishes()).length).toBe(1);
  await goTo('2028-01-03T09:00');
  expect((await wishes()).length).toBe(2);
});

test('of two occasions on one day that with a gift is told; who hears enough reads it in the portal, who declined gets nothing', async () => {
  const { ctx, shop, join, set, goTo, wishes } = await openOccasions();
  const ann = await join('ann', '05-14');
  const own = shop.as(ann.customerId);
  await addOwnDay(own, { customerId: ann.customerId, name: 'We opened', day: '05-14', year: 2016 });
  await set({ giftForm: 'credit', amount: '5.00' });
  await set({ kind: 'own' });
  await goTo('2026-05-14T09:00');
  await goTo('2026-05-15T09:00');
  expect(await wishes()).toEqual([['ann@example.com', '2026-05-14', 'birthday', 500]]);
  expect(await rowsOf(ctx, 'SELECT kind, outcome FROM occasion_wishes ORDER BY kind')).toEqual([
    ['birthday', 'told'],
    ['own', 'beside'],
  ]);
  const bob = await join('bob', '05-20');
  const { customerId } = bob;
  await setPreferences(shop.as(customerId), {
    customerId,
    wishes: [{ topic: 'occasions', channel: 'mail', isOn: false }],
  });
  await goTo('2026-05-20T09:00');
  expect((await wishes()).length).toBe(1);
  expect(await rowsOf(ctx, 'SELECT count(*) FROM bonuses')).toEqual([[1]]);
});

test('two gifts of one day are both given, in one write and one mail, once', async () => {
  const { ctx, shop, join, set, goTo, wishes, differences } = await openOccasions();
  const { customerId, accountId } = await join('ann', '05-14');
  await addOwnDay(shop.as(customerId), { customerId, name: 'We opened', day: '05-14', year: null });
  await set({ giftForm: 'credit', amount: '5.00' });
  await set({ kind: 'own', giftForm: 'voucher', amount: '9.00', minimum: '20', months: 2 });
  await goTo('2026-05-14T09:00');
  await goTo('2026-05-15T09:00');
  expect(await wishes()).toEqual([['ann@example.com', '2026-05-14', 'own', 900]]);
  const rows = await rowsOf(ctx, 'SELECT kind, outcome, gift_minor FROM occasion_wishes ORDER BY kind');
  expect(rows).toEqual([
    ['birthday', 'beside', 500],
    ['own', 'told', 900],
  ]);
  const books = `SELECT (SELECT count(*) FROM bonuses WHERE cause_kind = 'occasion'), (SELECT count(*) FROM vouchers),
    (SELECT balance_minor FROM accounts WHERE id = ?)`;
  expect(await rowsOf(ctx, books, accountId)).toEqual([[2, 1, 500]]);
  const passed = "SELECT count(*) FROM history WHERE kind = 'occasion_passed'";
  expect(await rowsOf(ctx, passed)).toEqual([[1]]);
  const { text } = await mailOf(ctx);
  expect(text).toContain('We opened');
  expect(text).toContain('It comes with a voucher for €9.00.');
  expect(text).toContain('All of us wish you a happy birthday and a good year ahead.');
  expect(text).toContain('It comes with €5.00, already in your account.');
  expect(await differences()).toEqual([]);
});

test('of two days of their own on one date one gives, and with two vouchers each code is told', async () => {
  const { ctx, shop, join, set, goTo } = await openOccasions();
  const { customerId } = await join('ann', '05-14');
  for (const name of ['We opened', 'We moved'])
    await addOwnDay(shop.as(customerId), { customerId, name, day: '05-14', year: null });
  await set({ giftForm: 'voucher', amount: '5.00', months: 1 });
  await set({ kind: 'own', giftForm: 'voucher', amount: '4.00', months: 1 });
  await goTo('2026-05-14T09:00');
  const codes = await rowsOf(ctx, 'SELECT code FROM vouchers ORDER BY amount_minor');
  expect(codes).toHaveLength(2);
  const { text } = await mailOf(ctx);
  for (const [code] of codes) expect(text).toContain(String(code));
  expect(text).toContain('We opened');
  expect(text).toContain('We moved');
});

test('days of their own from before they were told give nothing, and however many there are, one gives within 300 days', async () => {
  const { ctx, shop, join, set, goTo, wishes } = await openOccasions();
  const { customerId } = await join('ann');
  const own = shop.as(customerId);
  const tell = (day: string) => addOwnDay(own, { customerId, name: 'Ours', day, year: null });
  const remove = async () => {
    for (const { id } of await listOwnDays(own, { customerId })) await endOwnDay(own, { customerId, id });
  };
  const gifts = async () => (await rowsOf(ctx, 'SELECT count(*) FROM bonuses'))[0]?.[0];
  await set({ kind: 'own', giftForm: 'credit', amount: '5.00' });
  await goTo('2026-05-30T09:00');
  for (const day of ['05-02', '05-10', '05-28', '05-29']) await tell(day);
  await goTo('2026-05-30T10:00');
  expect([await wishes(), await gifts()]).toEqual([[], 0]);
  await tell('05-30');
  await goTo('2026-05-30T11:00');
  expect([(await wishes()).length, await gifts()]).toEqual([1, 1]);
  await remove();
  await tell('05-30');
  await tell('05-31');
  await goTo('2026-05-31T09:00');
  await tell('06-20');
  await goTo('2026-06-20T09:00');
  expect((await wishes()).map(([, day, , gift]) => [day, gift])).toEqual([
    ['2026-05-30', 500],
    ['2026-05-31', null],
    ['2026-06-20', null],
  ]);
  await goTo('2026-07-10T09:00');
  expect(await gifts()).toBe(1);
  await goTo('2027-05-30T09:00');
  expect(await gifts()).toBe(2);
});

test.each([
  ['means more people', { audience: 'buyers', giftForm: 'credit', amount: '5.00' }],
  ['begins to give', {}],
] as const)('where it %s, days before are nobody’s', async (_name, before) => {
  const { ctx, join, set, goTo, wishes } = await openOccasions();
  await join('ann', '05-14');
  await set(before);
  await runJobs(ctx);
  await ctx.db.write([{ sql: 'DELETE FROM account_facts', args: [] }]);
  await goTo('2026-05-21T09:00');
  const already = (await wishes()).length;
  await set({ giftForm: 'credit', amount: '5.00' });
  await goTo('2026-05-21T10:00');
  expect((await wishes()).length).toBe(already);
  expect(await rowsOf(ctx, 'SELECT count(*) FROM bonuses')).toEqual([[0]]);
});

test('where the business changed its currency since, words come without the gift', async () => {
  const { ctx, join, set, goTo, wishes } = await openOccasions();
  await set({ giftForm: 'credit', amount: '5.00' });
  await setProgramme(ctx, { currency: 'UAH', timeZone: 'Europe/London', debt: 'carry', rules: [moneyBack] });
  await join('ann', '05-14');
  expect((await listComing(ctx, { days: 90 })).items).toMatchObject([{ isWished: true, giftMinor: 0n }]);
  await goTo('2026-05-14T09:00');
  expect(await wishes()).toEqual([['ann@example.com', '2026-05-14', 'birthday', null]]);
  expect(await rowsOf(ctx, 'SELECT count(*) FROM bonuses')).toEqual([[0]]);
});

test('waits while a complaint is open', async () => {
  const { ctx, shop, join, set, goTo, wishes } = await openOccasions();
  const ann = await join('ann', '05-14');
  await set();
  await goTo('2026-05-13T12:00');
  await tellFeedback(shop.as(ann.customerId), {
    ...{ kind: 'complaint', text: 'The kettle leaks', wantsReply: true, language: 'en', key: 'kettle-leaks' },
    accountId: null,
  });
  await goTo('2026-05-14T09:00');
  await ctx.db.write([
    { sql: "UPDATE cases SET state = 'closed', changed_at = ?", args: [shop.clock.now()] },
  ]);
  await goTo('2026-05-14T18:00');
  expect(await wishes()).toEqual([]);
  await goTo('2026-05-15T09:00');
  expect(await wishes()).toEqual([['ann@example.com', '2026-05-15', 'birthday', null]]);
});

test('two who become one are wished well once, and their days are one list that splits again', async () => {
  const { ctx, shop, join, set, goTo, wishes, differences } = await openOccasions();
  const ann = await join('ann', '05-14');
  const old = await join('old', '05-13');
  await addOwnDay(shop.as(old.customerId), {
    customerId: old.customerId,
    name: 'Moved',
    day: '07-01',
    year: null,
  });
  await set({ giftForm: 'credit', amount: '5.00' });
  await set({ kind: 'own' });
  await goTo('2026-05-13T09:00');
  await mergeCustomers(ctx, { survivor: 'ann@example.com', merged: 'old@example.com', key: newId() });
  await goTo('2026-05-14T09:00');
  expect((await wishes()).map(([, day]) => day)).toEqual(['2026-05-13']);
  expect(await listOwnDays(ctx, { customerId: ann.customerId })).toMatchObject([
    { name: 'Moved', day: '07-01' },
  ]);
  await goTo('2026-07-01T09:00');
  expect((await wishes()).at(-1)).toEqual(['ann@example.com', '2026-07-01', 'own', null]);
  expect(await differences()).toEqual([]);
});

test('joining and first orders come round from the next year on', async () => {
  const { ctx, join, set, goTo, wishes } = await openOccasions();
  await join('ann');
  await runJobs(ctx);
  await set({ kind: 'first_order' });
  await goTo('2026-02-28T20:00');
  expect(await wishes()).toEqual([]);
  await goTo('2027-02-28T09:00');
  expect(await wishes()).toEqual([['ann@example.com', '2027-02-28', 'first_order', null]]);
});

test('a voucher that wants a purchase is an offer: premium customers get it where they asked for offers', async () => {
  const { ctx, shop, join, set, goTo, wishes } = await openOccasions();
  const [ann, bob, cy] = [await join('ann', '05-14'), await join('bob', '05-14'), await join('cy', '05-14')];
  await ctx.db.write([
    {
      sql: "UPDATE accounts SET club_spans = '[[1, null]]' WHERE owner_id IN (?, ?)",
      args: [ann.customerId, bob.customerId],
    },
  ]);
  const want = ({ customerId }: { customerId: string }, offers: boolean) =>
    setPreferences(shop.as(customerId), { customerId, offers });
  await want(bob, true);
  await want(cy, false);
  await set({ giftForm: 'voucher', amount: '5.00', minimum: '20', months: 1 });
  const { items } = await listComing(ctx, { days: 90 });
  const noOffer = (customerId: string) => items.find((one) => one.customerId === customerId)?.noOffer;
  expect([ann, bob, cy].map(({ customerId }) => noOffer(customerId))).toEqual(['premium', null, 'declined']);
  await goTo('2026-05-14T09:00');
  expect((await wishes()).map(([email, , , gift]) => [email, gift])).toEqual([
    ['ann@example.com', null],
    ['bob@example.com', 500],
    ['cy@example.com', null],
  ]);
});

test('what comes next is shown with what it costs, before it is saved, too', async () => {
  const { ctx, join, set } = await openOccasions();
  await join('ann', '03-05');
  await join('bob', '04-05');
  const off = await listComing(ctx);
  expect(off.items).toMatchObject([{ day: '2026-03-05', kind: 'birthday', isWished: false, giftMinor: 0n }]);
  await set({ giftForm: 'credit', amount: '5.00', audience: 'premium' });
  const one = (coming: Awaited<ReturnType<typeof listComing>>) =>
    coming.counts.find(({ setting }) => setting.kind === 'birthday');
  expect(one(await listComing(ctx))).toMatchObject({ people: 0, others: 1, giftMinor: 0n });
  const instead = {
    kind: 'birthday',
    isOn: true,
    audience: 'everybody',
    giftForm: 'credit',
    giftMinor: 700n,
  } as const;
  const rest = { currency: 'EUR', voucherMonths: null, minimumMinor: 0n };
  expect(one(await listComing(ctx, { instead: { ...instead, ...rest } }))).toMatchObject({
    ...{ people: 1, others: 0, giftMinor: 700n },
  });
});

test.each([
  ['an amount that is none', { giftForm: 'credit', amount: 'five' }, 'amount'],
  ['no amount', { giftForm: 'credit', amount: '' }, 'amount'],
  ['a minimum that is none', { giftForm: 'voucher', amount: '5', minimum: 'x', months: 1 }, 'minimum'],
  ['a voucher without an end', { giftForm: 'voucher', amount: '5', months: null }, 'months'],
  ['a voucher of no months', { giftForm: 'voucher', amount: '5', months: 0 }, 'months'],
] as const)('refuses %s', async (_name, input, path) => {
  const { ctx } = await openOccasions();
  await expect(setOccasion(ctx, { ...plainly, ...input })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path }],
  });
});

test('a day of their own is theirs: nobody else adds, reads or removes it', async () => {
  const { shop, join } = await openOccasions();
  const [ann, bob] = [await join('ann'), await join('bob')];
  const { customerId } = ann;
  await addOwnDay(shop.as(customerId), { customerId, name: 'We opened', day: '02-29', year: 2016 });
  const [day] = await listOwnDays(shop.as(customerId), { customerId });
  const other = shop.as(bob.customerId);
  await expect(listOwnDays(other, { customerId })).rejects.toMatchObject({ code: 'not_found' });
  await expect(endOwnDay(other, { customerId, id: day?.id ?? '' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(addOwnDay(other, { customerId, name: 'X', day: '02-30', year: null })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await endOwnDay(shop.as(customerId), { customerId, id: day?.id ?? '' });
  expect(await listOwnDays(shop.as(customerId), { customerId })).toEqual([]);
});
