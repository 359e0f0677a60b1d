import { expect, test } from 'vitest';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice, refusal, type Twice } from './two-in-one.ts';

const spend = ({ ctx }: Twice, accountId: string, amount: bigint) =>
  redeem(ctx, { customerId: null, accountId, kind: 'till', amount, currency: 'EUR', reference: null });

test('two are two again, to the cent', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 16_000);
  const [other] = await shop.buys(old, 14_000);
  const { id } = await shop.merge();
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([1500, 0]);
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.balanceOf(other?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.rows('SELECT email FROM customers ORDER BY email')).toEqual([ann, old]);
  expect(await shop.rows('SELECT count(*) FROM former_emails')).toEqual(['0']);
  expect(await shop.differences()).toEqual([]);
  expect(await refusal(shop.undo(id))).toBe('undone_already');
});

test('a bonus that made good ends with the merge', async () => {
  const { spend: _spend, back: _back, ...rest } = moneyBack;
  const steps = { ...rest, id: 'steps', scheme: 'steps', targets: [{ spend: '100.00', back: '5.00' }] };
  const shop = await openTwice(steps);
  const [own] = await shop.buys(ann, 10_000);
  const [other] = await shop.buys(old, 10_000);
  const { id } = await shop.merge();
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.balanceOf(other?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('orders recorded since stay with the survivor', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 1000);
  await shop.buys(old, 1000);
  const { id } = await shop.merge();
  const [since] = await shop.buys(old, 20_000);
  expect(since?.accountId).toBe(own?.accountId);
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([1000, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('orders of a company since go back with the place in it', async () => {
  const shop = await openTwice(moneyBack);
  await shop.buys(ann, 1000);
  await shop.buys(old, 1000);
  const first = await shop.order({ email: old, account: 'ACME', totals: [1000] });
  const { id } = await shop.merge();
  const since = await shop.order({ email: old, account: 'ACME', totals: [1000] });
  expect(since.customerId).not.toBe(first.customerId);
  await shop.undo(id);
  const owners = await shop.rows(
    `SELECT DISTINCT customer_id FROM orders WHERE account_id = '${first.accountId}'`,
  );
  expect(owners).toEqual([first.customerId]);
  expect(await shop.differences()).toEqual([]);
});

test('what was spent since is paid by those whose lots paid it', async () => {
  const shop = await openTwice({ ...moneyBack, expires: { months: 6 } });
  const other = await shop.order({
    email: old,
    totals: [10_000],
    placedAt: new Date(shop.clock.now() - 90 * DAY_MS).toISOString(),
  });
  const [own] = await shop.buys(ann, 10_000);
  const { id } = await shop.merge();
  await spend(shop, own?.accountId ?? '', 300n);
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.balanceOf(other.customerId)).toEqual([200, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('is refused when more was spent than would remain', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 6000);
  await shop.buys(old, 6000);
  const { id } = await shop.merge();
  await spend(shop, own?.accountId ?? '', 500n);
  expect(await refusal(shop.undo(id))).toBe('balance_spent');
  expect(await shop.rows('SELECT count(*) FROM customer_merge_undos')).toEqual(['0']);
  expect(await shop.differences()).toEqual([]);
});

test('is refused after thirty days, and while the survivor is merged into somebody else', async () => {
  const shop = await openTwice(moneyBack);
  await shop.buys(ann, 1000);
  await shop.buys(old, 1000);
  await shop.buys('third@example.com', 1000);
  const first = await shop.merge();
  const second = await shop.merge('third@example.com', ann);
  expect(await refusal(shop.undo(first.id))).toBe('merged_since');
  await shop.undo(second.id);
  shop.clock.advance(31 * DAY_MS);
  expect(await refusal(shop.undo(first.id))).toBe('too_late');
  expect(await shop.differences()).toEqual([]);
});

test.each([
  ['the survivor', ann, old],
  ['the merged one', old, ann],
])('a debt of %s is theirs again', async (_whose, debtor, other) => {
  const shop = await openTwice({ ...moneyBack, expires: { months: 6 } });
  const [owing] = await shop.buys(debtor, 10_000, 10_000);
  await spend(shop, owing?.accountId ?? '', 900n);
  await shop.refund(owing?.number ?? '', '1', 10_000);
  const early = new Date(shop.clock.now() - 60 * DAY_MS).toISOString();
  const kept = await shop.order({ email: other, totals: [20_000], placedAt: early });
  const before = [await shop.balanceOf(owing?.customerId ?? ''), await shop.balanceOf(kept.customerId)];
  expect(before).toEqual([
    [0, 400],
    [1000, 0],
  ]);
  const { id } = await shop.merge();
  await shop.undo(id);
  expect([await shop.balanceOf(owing?.customerId ?? ''), await shop.balanceOf(kept.customerId)]).toEqual(
    before,
  );
  expect(await shop.differences()).toEqual([]);
});
