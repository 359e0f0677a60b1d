import { beforeEach, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { makeGood } from '../../../functions/circle/club/benefits/make-good.ts';
import { promiseBenefit, withdrawBenefit } from '../../../functions/circle/club/benefits/promise-benefit.ts';
import { withdrawDays } from '../../../functions/circle/club/promises/decide-finding.ts';
import { listPromises } from '../../../functions/circle/club/promises/list-promises.ts';
import { listTold } from '../../../functions/circle/club/promises/list-told.ts';
import { makeAmends } from '../../../functions/circle/club/promises/make-amends.ts';
import { takeBack } from '../../../functions/circle/club/promises/take-back.ts';
import { tellPromise } from '../../../functions/circle/club/promises/tell-promise.ts';
import { setLevels } from '../../../functions/circle/club/set-levels.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { moneyBack, type OwnedOrder, openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read } from './house.ts';

const DAY = 86_400_000;

let shop: Shop;
let ann: OwnedOrder;
let benefitId: string;
beforeEach(async () => {
  shop = await openShop(moneyBack);
  ann = await shop.order({ totals: [1000] });
  await claim(shop, ann.customerId);
  await addMember(shop.ctx, { email: 'ann@example.com', accountId: null, since: '2026-01-01' });
  const texts = { en: { title: 'Wrapping' } };
  ({ id: benefitId } = await promiseBenefit(shop.ctx, { kind: 'other', texts }));
  await setPolicy(shop.ctx, 'promiseGift', '5.00');
  await makeAmends(shop.ctx);
  shop.clock.advance(DAY);
});

const as = (role: 'owner' | 'agent' | 'analyst'): Context => ({
  ...shop.ctx,
  actor: { kind: 'staff', id: role, role },
});
const tell = (kept: boolean) => tellPromise(shop.ctx, { benefitId, account: ann.accountId, kept });
const bonuses = () => read(shop, "SELECT amount_minor FROM bonuses WHERE cause_kind = 'promise'");
const counted = async () => {
  const { kept, of } =
    (await listPromises(shop.ctx)).items.find(({ promise }) => promise === benefitId) ?? {};
  return [kept, of];
};

it('counts no more what was taken back, once, and makes nothing good for it', async () => {
  const { id } = await tell(false);
  await tell(true);
  expect(await counted()).toEqual([1, 2]);
  expect(await failure(takeBack(shop.ctx, { id, reason: ' ' }))).toBe('validation_failed');
  expect(await failure(takeBack(as('analyst'), { id, reason: 'No' }))).toBe('forbidden');
  expect(await failure(takeBack(shop.ctx, { id: 'none', reason: 'No' }))).toBe('not_found');
  const twice = await Promise.allSettled(
    [1, 2].map(() => takeBack(as('agent'), { id, reason: 'Somebody else’s' })),
  );
  expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await failure(takeBack(shop.ctx, { id, reason: 'Again' }))).toBe('already_decided');
  expect(await counted()).toEqual([1, 1]);
  expect(await makeAmends(shop.ctx)).toBe(0);
  const seen = async (ctx: Context) => (await listTold(ctx)).items.find((one) => one.id === id)?.withdrawn;
  expect(await seen(shop.ctx)).toMatchObject({ reason: 'Somebody else’s', at: shop.ctx.now() });
  expect(await seen(as('analyst'))).toMatchObject({ reason: '' });
});

it('may be told again of the same day, and is made good then', async () => {
  const first = await tell(false);
  await takeBack(shop.ctx, { id: first.id, reason: 'Wrong guest' });
  const second = await tell(false);
  expect(second.id).not.toBe(first.id);
  expect(await makeAmends(shop.ctx)).toBe(1);
});

it('leaves the member what made it good, explained, and gives nothing twice for the day', async () => {
  const { id } = await tell(false);
  await makeAmends(shop.ctx);
  const taken = await takeBack(shop.ctx, { id, reason: 'Wrong guest' });
  expect(taken.madeGood).toEqual({ amount: 500, currency: 'EUR' });
  expect(await bonuses()).toEqual(['500']);
  expect((await listTold(shop.ctx)).items[0]).toMatchObject({
    amends: { minor: 500n, currency: 'EUR' },
    withdrawn: { reason: 'Wrong guest' },
  });
  await tell(false);
  expect(await makeAmends(shop.ctx)).toBe(0);
  expect((await verify(shop.ctx)).found).toEqual([]);
});

it('is taken back in the account that the member became by a merge', async () => {
  const { id } = await tell(false);
  const email = 'ann.two@example.com';
  const other = await shop.order({ email, totals: [1000] });
  await claim(shop, other.customerId);
  await mergeCustomers(shop.ctx, { survivor: email, merged: 'ann@example.com', key: newId() });
  await takeBack(shop.ctx, { id, reason: 'Wrong guest' });
  const rows = await read(shop, "SELECT account_id FROM history WHERE kind = 'club_promise_taken_back'");
  expect(rows).toEqual([other.accountId]);
  expect((await listTold(shop.ctx)).items[0]).toMatchObject({ accountId: other.accountId });
});

it('lists what was told in pages', async () => {
  for (let count = 0; count < 21; count += 1) await tell(true);
  const first = await listTold(shop.ctx);
  const rest = await listTold(shop.ctx, { cursor: first.nextCursor });
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([20, 1, null]);
  expect(await failure(listTold(shop.ctx, { cursor: 'x' }))).toBe('validation_failed');
});

it('withdraws the promised days together with what was proposed, or not at all', async () => {
  await shop.ctx.db.write([
    {
      sql: `INSERT INTO promise_findings (id, promise, kept, "of", at, actor) VALUES ('f', 'days', 1, 20, 1, 'job')`,
      args: [],
    },
  ]);
  const { db } = shop.ctx;
  let isFirst = true;
  const lateDb = Object.assign(Object.create(db), {
    write: async (statements: Parameters<typeof db.write>[0]) => {
      if (isFirst)
        await db.write([
          {
            sql: "INSERT INTO promise_decisions (finding_id, decision, at, actor) VALUES ('f', 'kept_on', 1, 'job')",
            args: [],
          },
        ]);
      isFirst = false;
      return db.write(statements);
    },
  });
  expect(await failure(withdrawDays({ ...shop.ctx, db: lateDb }))).toBe('already_decided');
  expect((await listPromises(shop.ctx)).daysWithdrawnFrom).toBeNull();
  await withdrawDays(shop.ctx);
  expect((await listPromises(shop.ctx)).daysWithdrawnFrom).toBe('2026-03-02');
});

it('tells who had a withdrawn benefit in runs of one step, each where the one before ended', async () => {
  await setLevels(shop.ctx, [
    { key: 'guest', from: '0', names: { en: 'Guest' } },
    { key: 'gold', from: '5000', names: { en: 'Gold' } },
  ]);
  const gold = await promiseBenefit(shop.ctx, {
    ...{ kind: 'other', texts: { en: { title: 'Driver' } }, level: 'gold' },
  });
  const rich = await shop.order({ email: 'zoe@example.com', totals: [900_000] });
  await claim(shop, rich.customerId);
  await addMember(shop.ctx, { email: 'zoe@example.com', accountId: null, since: '2026-01-01' });
  await shop.ctx.db.write([
    {
      sql: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 350)
        INSERT INTO club_memberships (id, account_id, since, how, at, actor)
        SELECT 'm' || i, printf('0%04d', i), 1, 'staff', 1, 'job' FROM n`,
      args: [],
    },
  ]);
  shop.clock.advance(1);
  const { id } = await withdrawBenefit(shop.ctx, { id: gold.id, reason: { en: 'No driver' }, bonus: '' });
  const place = async () =>
    (await read(shop, `SELECT position FROM club_sweeps WHERE name = 'withdrawal ${id} at'`))[0];
  const run = () => makeGood({ ...shop.ctx, steps: { left: 2 } });
  expect([await run(), await place()]).toEqual([0, `${id} 00100`]);
  expect([await run(), await place()]).toEqual([0, `${id} 00200`]);
  let told = 0;
  for (let count = 0; count < 5; count += 1) told += await run();
  expect(told).toBe(1);
  expect(await place()).toBeUndefined();
  expect(await read(shop, `SELECT position FROM club_sweeps WHERE name = 'withdrawal ${id}'`)).toEqual([
    'done',
  ]);
});
