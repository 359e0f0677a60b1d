import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { promiseBenefit } from '../../../functions/circle/club/benefits/promise-benefit.ts';
import { keepPromise, withdrawDays } from '../../../functions/circle/club/promises/decide-finding.ts';
import { findPoorPromises } from '../../../functions/circle/club/promises/find-poor.ts';
import { judge } from '../../../functions/circle/club/promises/judge.ts';
import { listPromises } from '../../../functions/circle/club/promises/list-promises.ts';
import { makeAmends } from '../../../functions/circle/club/promises/make-amends.ts';
import { tellPromise } from '../../../functions/circle/club/promises/tell-promise.ts';
import { setLevels } from '../../../functions/circle/club/set-levels.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { moneyBack, type OwnedOrder, openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read } from './house.ts';

const DAY = 86_400_000;

describe('what is made of a share kept', () => {
  it.each([
    ['nothing told', 0, 0, null],
    ['too few, all broken', 0, 19, 'unknown'],
    ['enough, all kept', 20, 20, 'kept'],
    ['95 of 100', 95, 100, 'kept'],
    ['94 of 100', 94, 100, 'poor'],
  ])('%s', (_name, kept, of, verdict) => {
    expect(judge({ kept, of })?.verdict ?? null).toBe(verdict);
  });

  it('lies within its interval', () => {
    expect(judge({ kept: 94, of: 100 })).toMatchObject({ shareBps: 9400, fromBps: 8752, toBps: 9723 });
  });
});

let shop: Shop;
let ann: OwnedOrder;
let benefitId: string;
beforeEach(async () => {
  shop = await openShop(moneyBack);
  await shop.ctx.db.write([
    {
      sql: "INSERT INTO staff (id, email, role, created_at) VALUES ('o', 'owner@example.com', 'owner', 1)",
      args: [],
    },
  ]);
  ann = await shop.order({ totals: [1000] });
  await claim(shop, ann.customerId);
  await addMember(shop.ctx, { email: 'ann@example.com', accountId: null, since: '2026-01-01' });
  ({ id: benefitId } = await promiseBenefit(shop.ctx, {
    kind: 'other',
    texts: { en: { title: 'Wrapping' } },
  }));
});

const today = () => new Date(shop.clock.now()).toISOString().slice(0, 10);
const promised = (promisedBy: string, email = 'ann@example.com') =>
  shop.order({ email, totals: [1000], status: 'placed', promisedBy });
const deliver = (number: string, at = shop.clock.now()) =>
  shop.event(number, { status: 'delivered', at: new Date(at).toISOString() });
const tell = (kept: boolean) => tellPromise(shop.ctx, { benefitId, account: ann.accountId, kept });
const bonuses = () => read(shop, "SELECT amount_minor FROM bonuses WHERE cause_kind = 'promise'");

describe('a broken promise to a member', () => {
  it('is made good once, from when the owner said so: a late order, one that never came, a benefit', async () => {
    const before = await promised(today());
    shop.clock.advance(2 * DAY);
    await deliver(before.number);
    await tell(false);
    await makeAmends(shop.ctx);
    await setPolicy(shop.ctx, 'promiseGift', '5.00');
    await makeAmends(shop.ctx);
    shop.clock.advance(DAY);
    const late = await promised(today());
    const inTime = await promised(today());
    const never = await promised(today());
    await promised(today(), 'bob@example.com');
    await deliver(inTime.number);
    shop.clock.advance(DAY);
    await deliver(late.number);
    await tell(false);
    await Promise.all([makeAmends(shop.ctx), makeAmends(shop.ctx)]);
    await makeAmends(shop.ctx);
    expect(await bonuses()).toEqual(['500', '500']);
    shop.clock.advance(2 * DAY);
    await makeAmends(shop.ctx);
    expect(await bonuses()).toEqual(['500', '500', '500']);
    await deliver(never.number);
    shop.clock.advance(DAY);
    await makeAmends(shop.ctx);
    expect(await bonuses()).toHaveLength(3);
    expect(await read(shop, "SELECT count(*) FROM outbox WHERE template = 'promise_made_good'")).toEqual([
      '3',
    ]);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });
});

describe('what of a broken promise is not made good twice, nor without a promise', () => {
  beforeEach(async () => {
    await setPolicy(shop.ctx, 'promiseGift', '5.00');
    await makeAmends(shop.ctx);
    shop.clock.advance(DAY);
  });

  it('of a benefit once a day, however often it is told', async () => {
    const first = await tell(false);
    expect((await tell(false)).id).toBe(first.id);
    await shop.ctx.db.write([
      {
        sql: `INSERT INTO promise_tellings (id, benefit_id, account_id, is_kept, day, at, actor)
          SELECT id || 'x', benefit_id, account_id, is_kept, day, at, actor FROM promise_tellings`,
        args: [],
      },
    ]);
    await makeAmends(shop.ctx);
    await makeAmends(shop.ctx);
    expect(await bonuses()).toEqual(['500']);
    shop.clock.advance(DAY);
    await tell(false);
    await makeAmends(shop.ctx);
    expect(await bonuses()).toEqual(['500', '500']);
  });

  it('of no day before it was promised, nor of a level not reached', async () => {
    const about = { account: ann.accountId, kept: false };
    expect(await failure(tellPromise(shop.ctx, { ...about, benefitId, day: '2026-02-01' }))).toBe(
      'validation_failed',
    );
    await setLevels(shop.ctx, [
      { key: 'guest', from: '0', names: { en: 'Guest' } },
      { key: 'gold', from: '5000', names: { en: 'Gold' } },
    ]);
    const gold = await promiseBenefit(shop.ctx, {
      ...{ kind: 'other', texts: { en: { title: 'Driver' } }, level: 'gold' },
    });
    expect(await failure(tellPromise(shop.ctx, { ...about, benefitId: gold.id }))).toBe('validation_failed');
  });

  it('nor of a day that was withdrawn before the order, ready for pickup in time, or on hold', async () => {
    const ready = await promised(today());
    const held = await promised(today());
    await shop.event(ready.number, {
      status: 'ready_for_pickup',
      at: new Date(shop.clock.now()).toISOString(),
    });
    await shop.ctx.db.write([{ sql: 'UPDATE orders SET is_held = 1 WHERE number = ?', args: [held.number] }]);
    await withdrawDays(shop.ctx);
    await shop.order({
      ...{ totals: [1000], status: 'placed', promisedBy: today() },
      placedAt: new Date(shop.clock.now()).toISOString(),
    });
    shop.clock.advance(5 * DAY);
    await deliver(ready.number);
    await makeAmends(shop.ctx);
    expect(await bonuses()).toEqual([]);
  });

  it('though five hundred others cannot be', async () => {
    await shop.ctx.db.write([
      {
        sql: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
          INSERT INTO promise_tellings (id, benefit_id, account_id, is_kept, day, at, actor)
          SELECT 'none-' || i, ?, 'none-' || i, 0, ?, ?, 'job' FROM n`,
        args: [benefitId, today(), shop.ctx.now()],
      },
    ]);
    shop.clock.advance(1);
    await tell(false);
    expect(await makeAmends(shop.ctx)).toBe(1);
  });

  it('and is told whom the member became by a merge', async () => {
    const email = 'ann.two@example.com';
    const other = await shop.order({ email, totals: [1000] });
    await claim(shop, other.customerId);
    await tell(false);
    await mergeCustomers(shop.ctx, { survivor: email, merged: 'ann@example.com', key: newId() });
    await makeAmends(shop.ctx);
    expect(await read(shop, "SELECT count(*) FROM outbox WHERE template = 'promise_made_good'")).toEqual([
      '1',
    ]);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });
});

describe('a promise kept too seldom', () => {
  it('is proposed to the owner with its figures, once, and rests once it is kept on', async () => {
    for (let count = 0; count < 19; count += 1) {
      if (count < 5) shop.clock.advance(DAY);
      await tell(count > 3);
    }
    await findPoorPromises(shop.ctx);
    expect((await listPromises(shop.ctx)).items[1]).toMatchObject({
      kept: 15,
      of: 19,
      verdict: { verdict: 'unknown' },
    });
    await tell(true);
    shop.clock.advance(DAY);
    await findPoorPromises(shop.ctx);
    await findPoorPromises(shop.ctx);
    const found = (await listPromises(shop.ctx)).items[1]?.finding;
    expect(found).toMatchObject({ kept: 16, of: 20, decision: null });
    expect(await read(shop, "SELECT address FROM outbox WHERE template = 'promise_poor'")).toEqual([
      'owner@example.com',
    ]);
    const findingId = found?.id ?? '';
    expect(await failure(keepPromise(shop.ctx, { findingId, note: '' }))).toBe('validation_failed');
    await keepPromise(shop.ctx, { findingId, note: 'New paper is here' });
    expect(await failure(keepPromise(shop.ctx, { findingId, note: 'Again' }))).toBe('already_decided');
    shop.clock.advance(DAY);
    expect(await findPoorPromises(shop.ctx)).toBe(0);
    shop.clock.advance(90 * DAY);
    expect(await findPoorPromises(shop.ctx)).toBe(1);
  });

  it('as promised days, is withdrawn for orders to come; what was promised before stays', async () => {
    const kept = await promised('2026-03-09');
    await withdrawDays(shop.ctx);
    const after = await shop.order({
      totals: [1000],
      status: 'placed',
      promisedBy: '2026-03-09',
      placedAt: '2026-03-01T11:00:00Z',
    });
    const seen = ({ source, number }: OwnedOrder) => getOrder(shop.as(ann.customerId), { source, number });
    expect((await seen(kept)).promisedBy).toBe('2026-03-09');
    expect(await seen(after)).toMatchObject({ promisedBy: null, promise: null });
    expect((await listPromises(shop.ctx)).items.map(({ promise }) => promise)).toEqual([benefitId]);
    const from = today();
    shop.clock.advance(DAY);
    await withdrawDays(shop.ctx);
    expect((await listPromises(shop.ctx)).daysWithdrawnFrom).toBe(from);
    await setPolicy(shop.ctx, 'promisedDays', '2026-12-01');
    expect((await listPromises(shop.ctx)).items.map(({ promise }) => promise)).toEqual(['days', benefitId]);
  });

  it('is told of members alone, up to today', async () => {
    const bob = await shop.order({ email: 'bob@example.com' });
    const about = { benefitId, account: bob.accountId, kept: true };
    expect(await failure(tellPromise(shop.ctx, about))).toBe('club_not_a_member');
    const ahead = { benefitId, account: ann.accountId, kept: true, day: '2026-03-02' };
    expect(await failure(tellPromise(shop.ctx, ahead))).toBe('validation_failed');
    expect(await failure(tellPromise(shop.ctx, { ...about, benefitId: 'none' }))).toBe('not_found');
  });
});
