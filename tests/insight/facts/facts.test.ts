import { describe, expect, it, test } from 'vitest';
import { openOwnCode } from '../../../functions/circle/referrals/own-code.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { signatureOf } from '../../../functions/ground/platform/ids.ts';
import { followFacts, rebuildFacts } from '../../../functions/insight/facts/follow-facts.ts';
import { getFacts } from '../../../functions/insight/facts/get-facts.ts';
import { getFactsState } from '../../../functions/insight/facts/get-facts-state.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../functions/reach/imports/undo-import.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { invitationText } from '../../../functions/voice/surveys/token.ts';
import { decideTestimonial } from '../../../functions/voice/testimonials/decide-testimonial.ts';
import { listOwnTestimonials } from '../../../functions/voice/testimonials/list-testimonials.ts';
import { offerTestimonial } from '../../../functions/voice/testimonials/offer-testimonial.ts';
import { withdrawTestimonial } from '../../../functions/voice/testimonials/withdraw-testimonial.ts';
import { openCircle } from '../../circle/referrals/circle.ts';
import { tamper } from '../../desk/verify/tamper.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { testSecret } from '../../support/test-context.ts';
import { openSurveyShop } from '../../voice/surveys/survey-shop.ts';

/** What is known of an account once everything was counted. */
async function factsOf({ ctx }: Pick<Shop, 'ctx'>, accountId: string) {
  await workFacts(ctx);
  const facts = await getFacts(ctx, { accountId });
  if (facts === null) throw new Error('the account was not counted');
  return facts;
}

const noon = (day: string) => `${day}T12:00:00Z`;

const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('habits', () => {
  it('tells orders, purchase days, the own interval and what the last 365 days came to', async () => {
    const shop = await openShop(moneyBack);
    const days = [
      '2025-01-10T10:00:00Z',
      '2025-12-01T10:00:00Z',
      '2025-12-01T20:00:00Z',
      '2025-12-31T23:30:00Z',
      noon('2026-02-28'),
    ];
    const orders = [];
    for (const placedAt of days) orders.push(await shop.order({ placedAt, totals: [1000, 500] }));
    const { accountId } = orders[0] ?? { accountId: '' };
    await shop.refund(orders[1]?.number ?? '', '2', 500);
    const facts = await factsOf(shop, accountId);
    expect(facts).toMatchObject({
      ...{
        orderCount: 5,
        purchaseDays: 4,
        firstOn: '2025-01-10',
        lastOn: '2026-02-28',
        isBehind: false,
      },
      interval: { median: 59, mean: 138, lower: 30, upper: 325 },
      level: { level: 'repeat', praises: [] },
      group: { group: 'premium', by: 'spend' },
    });
    expect(facts.windows).toEqual([
      { days: 30, orderCount: 1, purchaseDays: 1, spendMinor: 1500n, refundedMinor: 0n },
      { days: 90, orderCount: 2, purchaseDays: 2, spendMinor: 3000n, refundedMinor: 0n },
      { days: 365, orderCount: 4, purchaseDays: 3, spendMinor: 5500n, refundedMinor: 500n },
    ]);
  });

  it('leaves out orders that were cancelled or wholly refunded, and counts one that cost nothing', async () => {
    const shop = await openShop(moneyBack);
    const { accountId } = await shop.order({ number: 'free', totals: [0], placedAt: noon('2026-02-01') });
    await shop.order({ number: 'gone', totals: [800], placedAt: noon('2026-02-02') });
    await shop.order({ number: 'back', totals: [700, 300], placedAt: noon('2026-02-03') });
    await shop.event('gone', { status: 'cancelled' });
    await shop.refund('back', '1', 700);
    expect(await factsOf(shop, accountId)).toMatchObject({ orderCount: 2, lastOn: '2026-02-03' });
    await shop.refund('back', '2', 300);
    const facts = await factsOf(shop, accountId);
    expect(facts).toMatchObject({ orderCount: 1, purchaseDays: 1, lastOn: '2026-02-01', interval: null });
    expect(facts.windows.at(-1)).toMatchObject({ spendMinor: 0n, refundedMinor: 1000n });
  });

  it('adds up by category in the currency of the business', async () => {
    const shop = await openShop(moneyBack);
    const lines = [
      { id: '1', total: euros(900), category: 'Books' },
      { id: '2', total: euros(100), category: 'Books' },
      { id: '3', total: euros(50) },
    ];
    const { accountId } = await shop.order({ number: 'A', lines, placedAt: noon('2026-02-01') });
    await shop.order({ number: 'B', lines, placedAt: noon('2026-02-09') });
    await shop.order({ totals: [5000], currency: 'USD', placedAt: noon('2026-02-20') });
    await shop.refund('B', '1', 900);
    await shop.refund('B', '2', 100);
    const { categories, lastOn } = await factsOf(shop, accountId);
    expect(categories).toEqual([
      { category: 'Books', orderCount: 1, spendMinor: 1000n, lastOn: '2026-02-01' },
      { category: '', orderCount: 2, spendMinor: 100n, lastOn: '2026-02-09' },
    ]);
    expect(lastOn).toBe('2026-02-20');
  });

  it('keeps orders of departments apart under their company', async () => {
    const shop = await openShop(moneyBack);
    const day = { account: 'ACME', placedAt: noon('2026-02-01') };
    await shop.order({ ...day, department: 'Paris', totals: [700] });
    const paris = await shop.departmentId('Paris');
    const { accountId } = await shop.order({ ...day, totals: [300] });
    expect(await factsOf(shop, accountId)).toMatchObject({ orderCount: 2, purchaseDays: 1 });
    const rows = await shop.ctx.db.read({
      sql: 'SELECT department_id, spend_minor FROM account_days ORDER BY spend_minor',
      args: [],
    });
    expect(rows).toEqual([
      ['', 300n],
      [paris, 700n],
    ]);
    await expect(getFacts(shop.ctx, { accountId: paris })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what makes an advocate', () => {
  it('is a friend whose order stands, unless the recommendation is declined', async () => {
    const circle = await openCircle();
    const [own] = await circle.ask(`SELECT id FROM accounts WHERE owner_id = '${circle.ann}'`);
    const annsAccount = own?.[0] ?? '';
    await circle.buy('ann@example.com');
    await circle.tell('ben@example.com');
    expect((await factsOf(circle, annsAccount)).level).toEqual({ level: 'first', praises: [] });
    const number = await circle.buy('ben@example.com');
    expect((await factsOf(circle, annsAccount)).level).toEqual({ level: 'advocate', praises: ['friend'] });
    await circle.event(number, { status: 'cancelled' });
    expect((await factsOf(circle, annsAccount)).level).toEqual({ level: 'first', praises: [] });
    expect(await circle.differences()).toEqual([]);
  });

  it('follows the friend into the record they are merged into, and back', async () => {
    const circle = await openCircle();
    const [own] = await circle.ask(`SELECT id FROM accounts WHERE owner_id = '${circle.ann}'`);
    await circle.buy('ann@example.com');
    const code = await openOwnCode(circle.ctx, circle.ann);
    const { id } = await circle.tell('ben@example.com', { code });
    expect(id).not.toBe('');
    await circle.join('bens@example.com');
    const merge = await mergeCustomers(circle.ctx, {
      ...{ survivor: 'bens@example.com', merged: 'ben@example.com', key: 'f'.repeat(32) },
    });
    await circle.buy('bens@example.com');
    expect((await factsOf(circle, own?.[0] ?? '')).level?.level).toBe('advocate');
    await undoMerge(circle.ctx, { id: merge.id });
    expect((await factsOf(circle, own?.[0] ?? '')).level?.level).toBe('first');
    expect(await circle.differences()).toEqual([]);
  });

  it('is words that were accepted, as long as they are not taken back', async () => {
    const shop = await openSurveyShop();
    const ann = shop.as(await shop.customer('ann@example.com'));
    const { accountId } = await shop.order({ totals: [4200] });
    const offer = {
      text: 'The coffee is roasted the week it arrives.',
      nameForm: 'first_name',
      consent: 'Yes.',
      language: 'en',
    } as const;
    await offerTestimonial(ann, { ...offer, source: 'portal', sourceId: null, key: 'form-1' });
    expect((await factsOf(shop, accountId)).level?.level).toBe('first');
    const [own] = await listOwnTestimonials(ann);
    await decideTestimonial(shop.staff, { id: own?.id ?? '', decision: 'approve', excerpt: offer.text });
    const praised = await factsOf(shop, accountId);
    expect(praised.level).toEqual({ level: 'advocate', praises: ['quote'] });
    shop.clock.advance(365 * DAY_MS);
    expect((await factsOf(shop, accountId)).level?.level).toBe('first');
    await withdrawTestimonial(ann, { id: own?.id ?? '' });
    expect((await factsOf(shop, accountId)).praised.quote).toBeNull();
  });

  it.each([
    ['9', 'advocate'],
    ['8', 'first'],
  ])('is a recommendation of %s: %s', async (value, level) => {
    const shop = await openSurveyShop();
    const surveyId = await shop.survey();
    await shop.customer('ann@example.com');
    const { accountId } = await shop.order({ totals: [4200] });
    const { id } = await inviteCustomer(shop.staff, { surveyId, email: 'ann@example.com' });
    const key = { token: signatureOf(testSecret, invitationText(id)) };
    const nobody = { ...shop.ctx, actor: { kind: 'anonymous' } } as const;
    const answer = (questionId: string, text: string) =>
      answerSurvey(nobody, { key, questionId, given: new Map([[questionId, text]]), language: 'en' });
    await answer('recommend', value);
    await answer('taste', 'tea');
    const facts = await factsOf(shop, accountId);
    expect(facts.level?.level).toBe(level);
    expect(facts.heardOn).toBe('2026-03-01');
    expect((await verify(shop.ctx)).found).toEqual([]);
  });
});

test('a merge and its undoing count both accounts anew', async () => {
  const shop = await openShop(moneyBack);
  const ann = await shop.order({ email: 'ann@example.com', placedAt: noon('2026-02-01') });
  const old = await shop.order({ email: 'old@example.com', placedAt: noon('2026-02-11') });
  await workFacts(shop.ctx);
  const { id } = await mergeCustomers(shop.ctx, {
    ...{ survivor: 'ann@example.com', merged: 'old@example.com', key: 'a'.repeat(32) },
  });
  expect(await factsOf(shop, ann.accountId)).toMatchObject({ orderCount: 2, interval: { median: 10 } });
  expect(await getFacts(shop.ctx, { accountId: old.accountId })).toBeNull();
  await undoMerge(shop.ctx, { id });
  expect(await factsOf(shop, ann.accountId)).toMatchObject({ orderCount: 1, interval: null });
  expect(await factsOf(shop, old.accountId)).toMatchObject({ orderCount: 1, lastOn: '2026-02-11' });
  expect((await verify(shop.ctx)).found).toEqual([]);
});

test('an import that is taken back leaves nothing of its accounts', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order({ placedAt: noon('2026-02-01') });
  const rows = ['A-1,2026-02-05,ann@example.com,EUR,10.00', 'A-2,2026-02-06,new@example.com,EUR,20.00'];
  const file = ['order_number,placed_at,customer_email,currency,line_total', ...rows, ''].join('\n');
  const { id } = await importOrders(shop.ctx, { path: aFile(file) });
  expect(await factsOf(shop, accountId)).toMatchObject({ orderCount: 2 });
  await undoImport(shop.ctx, id ?? '');
  expect(await factsOf(shop, accountId)).toMatchObject({ orderCount: 1, lastOn: '2026-02-01' });
  const kept = await shop.ctx.db.read({ sql: 'SELECT account_id FROM account_facts', args: [] });
  expect(kept).toEqual([[accountId]]);
  expect((await verify(shop.ctx)).found).toEqual([]);
});

test('another time zone counts all days anew', async () => {
  const shop = await openShop();
  const { accountId } = await shop.order({ placedAt: '2026-02-01T23:30:00Z' });
  expect(await factsOf(shop, accountId)).toMatchObject({ firstOn: '2026-02-01' });
  await setSetting(shop.ctx, 'timeZone', 'Europe/Kyiv');
  expect((await verify(shop.ctx)).found).toEqual([]);
  expect(await factsOf(shop, accountId)).toMatchObject({ firstOn: '2026-02-02', isBehind: false });
  expect((await verify(shop.ctx)).found).toEqual([]);
});

test('the highest spenders are a share of those who bought within a year', async () => {
  const shop = await openShop(moneyBack);
  const ids: string[] = [];
  for (const [at, email] of ['ann', 'bob', 'cai', 'dan', 'eve'].entries()) {
    for (const placedAt of ['2026-01-01', '2026-01-02', '2026-01-03'].map(noon)) {
      const order = await shop.order({ email: `${email}@example.com`, totals: [1000 * (5 - at)], placedAt });
      ids[at] = order.accountId;
    }
  }
  const groups = async () => {
    const all = [];
    for (const id of ids) all.push((await factsOf(shop, id)).group.group);
    return all;
  };
  expect(await groups()).toEqual(['premium', 'buyer', 'buyer', 'buyer', 'buyer']);
  await setPolicy(shop.ctx, 'premiumShare', '21');
  expect(await groups()).toEqual(['premium', 'premium', 'buyer', 'buyer', 'buyer']);
  await setPolicy(shop.ctx, 'premiumShare', '0');
  expect(await groups()).toEqual(['buyer', 'buyer', 'buyer', 'buyer', 'buyer']);
});

test('says how far behind it is, and nothing of who was not counted', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order();
  expect(await getFactsState(shop.ctx)).toMatchObject({ position: 0, behind: null });
  expect(await getFacts(shop.ctx, { accountId })).toBeNull();
  await followFacts(shop.ctx);
  expect(await getFactsState(shop.ctx)).toMatchObject({ behind: 0 });
  await shop.order();
  expect(await getFactsState(shop.ctx)).toMatchObject({ behind: 1 });
  expect(await getFacts(shop.ctx, { accountId })).toMatchObject({ orderCount: 1, isBehind: true });
});

test.each([
  ['the count', 'UPDATE account_facts SET order_count = 9', 'facts'],
  ['the interval', 'UPDATE account_facts SET interval_half_days = 3', 'facts'],
  ['a day', 'UPDATE account_days SET spend_minor = spend_minor + 1', 'facts of 2026-02-01 EUR'],
  ['a level', "UPDATE account_levels SET cause = 'ended'", 'facts of levels'],
  ['a level left out', 'DELETE FROM account_levels', 'facts of levels'],
  ['a year', 'UPDATE account_years SET purchase_days = 9', 'facts of the last 365 days EUR'],
  ['its end', "UPDATE account_years SET until_day = '2027-02-02'", 'facts of the last 365 days EUR'],
  ['a year left out', 'DELETE FROM account_years', 'facts of the last 365 days EUR'],
  ['a category', "UPDATE account_categories SET last_on = '2027-01-01'", 'facts of category "" EUR'],
  ['praise', 'UPDATE account_facts SET quoted_at = 5', 'facts of what was told'],
  ['an account left out', 'DELETE FROM account_facts', 'facts counted up to'],
  ['an account behind', 'UPDATE account_facts SET counted_seq = 0', 'facts counted up to'],
  [
    'a day of nobody',
    "INSERT INTO account_days VALUES ('x', '2026-01-01', '', 'EUR', 1, 1, 0)",
    'account_days of no account',
  ],
])('verify names %s that is wrong, and a rebuild sets it right', async (_what, sql, named) => {
  const shop = await openShop(moneyBack);
  await shop.order({ placedAt: noon('2026-02-01') });
  await shop.order({ placedAt: noon('2026-02-09') });
  await workFacts(shop.ctx);
  expect((await verify(shop.ctx)).found).toEqual([]);
  await tamper(shop, sql);
  expect((await verify(shop.ctx)).found.map(({ what }) => what)).toContain(named);
  await rebuildFacts(shop.ctx);
  expect((await verify(shop.ctx)).found).toEqual([]);
});

test('a rebuild that is broken off is gone on with', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order({ placedAt: noon('2026-02-01') });
  await workFacts(shop.ctx);
  await rebuildFacts({ ...shop.ctx, isEnding: () => true });
  expect(await getFacts(shop.ctx, { accountId })).toMatchObject({ orderCount: 1 });
  expect(await factsOf(shop, accountId)).toMatchObject({ orderCount: 1, isBehind: false });
});

test('is for who may read customers, and rebuilt by who may change them', async () => {
  const shop = await openShop(moneyBack);
  const { accountId, customerId } = await shop.order();
  await expect(getFacts(shop.as(customerId), { accountId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(getFactsState(shop.as(customerId))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(rebuildFacts(shop.as(customerId))).rejects.toMatchObject({ code: 'forbidden' });
});
