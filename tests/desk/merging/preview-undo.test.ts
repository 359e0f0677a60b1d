import { expect, test } from 'vitest';
import { previewUndo } from '../../../functions/desk/merging/preview-undo.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice, refusal, type Twice } from './two-in-one.ts';

const spend = ({ ctx }: Twice, accountId: string, kind: 'till' | 'voucher', amount: bigint) =>
  redeem(ctx, { customerId: null, accountId, kind, amount, currency: 'EUR', reference: null });

test('tells before an undoing what it then does, and what of a voucher each of the two pays', async () => {
  const shop = await openTwice({ ...moneyBack, expires: { months: 12 } });
  const own = await shop.order({ email: ann, totals: [30_000], placedAt: '2026-02-20T12:00:00Z' });
  const other = await shop.order({ email: old, totals: [10_000], placedAt: '2026-01-20T12:00:00Z' });
  shop.clock.advance(60_000);
  const { id } = await shop.merge();
  shop.clock.advance(60_000);
  const { voucher } = await spend(shop, own.accountId, 'voucher', 1000n);
  const ledger = () => shop.rows('SELECT count(*) FROM ledger');
  const before = await ledger();
  const preview = await previewUndo(shop.ctx, { id });
  expect(await ledger()).toEqual(before);
  expect(preview).toMatchObject({
    together: { orders: 2, balanceMinor: 1000n },
    survivor: { orders: 1, beforeMinor: 1500n, balanceMinor: 1000n },
    merged: { orders: 1, beforeMinor: 500n, balanceMinor: 0n },
    spent: [{ kind: 'voucher', minor: 1000n, theirsMinor: 500n, code: voucher?.code }],
  });
  await shop.undo(id);
  expect(await shop.balanceOf(own.customerId)).toEqual([1000, 0]);
  expect(await shop.balanceOf(other.customerId)).toEqual([0, 0]);
});

test('tells of the bonus and the vouchers of rules that end', async () => {
  const { spend: _spend, back: _back, ...rest } = moneyBack;
  const steps = { ...rest, id: 'steps', scheme: 'steps', targets: [{ spend: '100.00', back: '5.00' }] };
  const shop = await openTwice({ ...steps, pays: { voucher: { months: 6, minimum: '0.00' } } });
  await shop.buys(ann, 10_000);
  await shop.buys(old, 10_000);
  shop.clock.advance(60_000);
  const { id } = await shop.merge();
  const preview = await previewUndo(shop.ctx, { id });
  const bonus = await shop.rows(`SELECT coalesce(sum(amount_minor), 0) FROM bonuses`);
  expect([`${preview.keptMinor}`]).toEqual(bonus);
  await shop.undo(id);
  const issued =
    await shop.rows(`SELECT coalesce(sum(v.amount_minor), 0) FROM vouchers AS v WHERE v.code NOT IN
    (SELECT code FROM voucher_cancellations)`);
  expect(issued).toEqual(['1000']);
});

test('is refused for what the undoing is refused for', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 6000);
  await shop.buys(old, 6000);
  const { id } = await shop.merge();
  await spend(shop, own?.accountId ?? '', 'till', 500n);
  expect(await refusal(previewUndo(shop.ctx, { id }))).toBe('balance_spent');
  expect(await refusal(previewUndo(shop.ctx, { id: 'none' }))).toBe('not_found');
  const analyst = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'analyst' } as const };
  expect(await refusal(previewUndo(analyst, { id }))).toBe('forbidden');
});

test('who had no account of their own goes back without moving anything', async () => {
  const shop = await openTwice(moneyBack);
  const own = await shop.order({ email: ann, totals: [10_000] });
  await shop.order({ email: old, account: 'ACME', totals: [10_000] });
  const { id } = await shop.merge();
  expect(await previewUndo(shop.ctx, { id })).toMatchObject({
    together: { orders: 1, balanceMinor: 500n },
    survivor: { id: own.customerId, orders: 1, balanceMinor: 500n },
    merged: { orders: 0, balanceMinor: 0n },
  });
});
