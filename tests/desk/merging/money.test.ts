import { expect, test } from 'vitest';
import type { Statement } from '../../../db/store.ts';
import { moveAllOrders } from '../../../functions/desk/merging/carried-rows.ts';
import { mergeCustomers, previewMerge } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice, refusal, type Twice } from './two-in-one.ts';

const { spend: _spend, back: _back, ...rest } = moneyBack;
const steps = { ...rest, id: 'steps', scheme: 'steps', targets: [{ spend: '100.00', back: '5.00' }] };
const ofAMonth = { ...moneyBack, expires: { months: 1 } };

const spend = ({ ctx }: Twice, accountId: string, amount: bigint) =>
  redeem(ctx, { customerId: null, accountId, kind: 'till', amount, currency: 'EUR', reference: null });

const daysAgo = ({ clock }: Twice, days: number) => new Date(clock.now() - days * DAY_MS).toISOString();

test('what of the survivor had expired before stays so, whatever goes back', async () => {
  const shop = await openTwice(ofAMonth);
  const own = await shop.order({ email: ann, totals: [10_000], placedAt: daysAgo(shop, 90) });
  await runJobs(shop.ctx, {});
  const [other] = await shop.buys(old, 10_000);
  await spend(shop, other?.accountId ?? '', 400n);
  const figures = async () => [
    await shop.balanceOf(own.customerId),
    await shop.balanceOf(other?.customerId ?? ''),
  ];
  expect(await figures()).toEqual([
    [0, 0],
    [100, 0],
  ]);
  const { id } = await shop.merge();
  await shop.undo(id);
  expect(await figures()).toEqual([
    [0, 0],
    [100, 0],
  ]);
  expect(await shop.rows(`SELECT count(*) FROM ledger WHERE kind = 'unexpire'`)).toEqual(['0']);
  expect(await shop.differences()).toEqual([]);
});

test('what of the merged one had expired before is not taken of the survivor’s', async () => {
  const shop = await openTwice(ofAMonth);
  const other = await shop.order({ email: old, totals: [10_000], placedAt: daysAgo(shop, 90) });
  const [own] = await shop.buys(ann, 10_000);
  await runJobs(shop.ctx, {});
  const { id } = await shop.merge();
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.balanceOf(other.customerId)).toEqual([0, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('what is pending is not lost either', async () => {
  const shop = await openTwice({ ...steps, settleAfterDays: 14 });
  const [own] = await shop.buys(ann, 10_000);
  const [other] = await shop.buys(old, 10_000);
  expect(await previewMerge(shop.ctx, { survivor: ann, merged: old })).toMatchObject({
    survivor: { pendingMinor: 500n },
    merged: { pendingMinor: 500n },
    after: { balanceMinor: 500n, pendingMinor: 500n },
    keptMinor: 500n,
  });
  const { id } = await shop.merge();
  expect(await shop.statementOf(own?.accountId ?? '')).toEqual(['bonus 500 kept_at_merge']);
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([0, 0]);
  await shop.merge();
  shop.clock.advance(20 * DAY_MS);
  await runJobs(shop.ctx, {});
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([1000, 0]);
  expect(await refusal(shop.balanceOf(other?.customerId ?? ''))).toBe('not_found');
  expect(await shop.differences()).toEqual([]);
});

test('nobody who works here merges into, or out of, what is their own', async () => {
  const shop = await openTwice(moneyBack);
  await shop.buys(ann, 10_000);
  await shop.buys(old, 10_000);
  await shop.ctx.db.write([
    {
      sql: `INSERT INTO staff (id, email, role, created_at) VALUES ('s1', 'ann+shop@example.com', 'owner', 1)`,
      args: [],
    },
    {
      sql: `INSERT INTO staff (id, email, role, created_at) VALUES ('s2', 'boss@example.com', 'owner', 1)`,
      args: [],
    },
  ]);
  const as = (id: string): Context => ({ ...shop.ctx, actor: { kind: 'staff', id, role: 'owner' } });
  const merge = (who: Context, survivor: string, merged: string) =>
    mergeCustomers(who, { survivor, merged, key: newId() });
  expect(await refusal(merge(as('s1'), ann, old))).toBe('credit_to_oneself');
  expect(await refusal(merge(as('s1'), old, ann))).toBe('credit_to_oneself');
  expect(await refusal(previewMerge(as('s1'), { survivor: ann, merged: old }))).toBe('credit_to_oneself');
  const { id } = await merge(as('s2'), ann, old);
  expect(await refusal(undoMerge(as('s1'), { id }))).toBe('credit_to_oneself');
  await undoMerge(as('s2'), { id });
});

test('too many orders are refused before they are read', async () => {
  const shop = await openTwice(moneyBack);
  await shop.buys(ann, 1000);
  await shop.buys(old, 1000);
  await shop.ctx.db.write([{ sql: 'UPDATE account_spend SET order_count = 2501', args: [] }]);
  await shop.ctx.db.write([
    {
      sql: `INSERT INTO account_spend SELECT root_id, 'USD', 0, 2500 FROM account_spend LIMIT 1`,
      args: [],
    },
  ]);
  expect(await refusal(shop.merge())).toBe('too_many_orders');
});

test('the orders that move are found by indexes', async () => {
  const { ctx } = await openTwice(moneyBack);
  const ids = { mergeId: 'm', fromRootId: 'a', toRootId: 'b', fromCustomerId: 'c', toCustomerId: 'd' };
  const [{ sql = '', args = [] } = {}]: Partial<Statement>[] = moveAllOrders(ctx, {
    ...{ ...ids, now: 1, actor: 'x' },
  });
  const plan = await ctx.db.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  expect(plan.map((row) => String(row[3])).filter((step) => step.startsWith('SCAN'))).toEqual([]);
});
