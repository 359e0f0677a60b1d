import { describe, expect, test } from 'vitest';
import { previewMerge } from '../../../functions/desk/merging/merge-customers.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice, refusal, type Twice } from './two-in-one.ts';

const { spend: _spend, back: _back, ...rest } = moneyBack;
const steps = { ...rest, id: 'steps', scheme: 'steps', targets: [{ spend: '100.00', back: '5.00' }] };
const inVouchers = { ...moneyBack, id: 'vouchers', pays: { voucher: { months: 6, minimum: '0.00' } } };
const ofAMonth = { ...moneyBack, expires: { months: 1 } };

const spend = ({ ctx }: Twice, accountId: string, amount: bigint, kind: 'till' | 'voucher' = 'till') =>
  redeem(ctx, { customerId: null, accountId, kind, amount, currency: 'EUR', reference: null });

describe('merging two customers', () => {
  test('counts their orders as if they had always been of one', async () => {
    const shop = await openTwice(moneyBack);
    const [own] = await shop.buys(ann, 6000);
    const [other] = await shop.buys(old, 6000);
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([0, 0]);
    const preview = await previewMerge(shop.ctx, { survivor: ann, merged: old });
    expect(preview).toMatchObject({
      after: { orders: 2, balanceMinor: 500n },
      rules: [{ partsMinor: 0n, wholeMinor: 500n }],
      keptMinor: 0n,
    });
    await shop.merge();
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
    expect(await shop.rows('SELECT DISTINCT root_id, customer_id FROM orders')).toEqual([
      `${own?.accountId} ${own?.customerId}`,
    ]);
    expect(await refusal(shop.balanceOf(other?.customerId ?? ''))).toBe('not_found');
    expect(await shop.differences()).toEqual([]);
  });

  test('takes nothing: what the whole earns less is made good, and named', async () => {
    const shop = await openTwice(steps);
    const [own] = await shop.buys(ann, 10_000);
    await shop.buys(old, 10_000);
    await shop.merge();
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([1000, 0]);
    expect(await shop.statementOf(own?.accountId ?? '')).toEqual(['earn 500 ', 'bonus 500 kept_at_merge']);
    expect(await shop.differences()).toEqual([]);
  });

  test('brings along what no order earned, with its end, and what is owed', async () => {
    const shop = await openTwice(moneyBack);
    const [own] = await shop.buys(ann, 10_000);
    const [other] = await shop.buys(old, 10_000);
    await adjust(shop.ctx, { account: old, amount: 300n, reason: 'Late' });
    await shop.merge();
    expect(await shop.statementOf(own?.accountId ?? '')).toEqual([
      'earn 500 ',
      'earn 500 ',
      'adjust 300 merge_in',
    ]);
    expect(await shop.statementOf(other?.accountId ?? '')).toEqual([
      'earn 500 ',
      'adjust 300 Late',
      'adjust -300 merge_out',
      'clawback -500 ',
    ]);
    expect(await shop.differences()).toEqual([]);
  });

  test('what was spent stays spent, out of the earnings that paid for it', async () => {
    const shop = await openTwice(ofAMonth);
    const [own] = await shop.buys(ann, 10_000);
    const [other] = await shop.buys(old, 20_000);
    await adjust(shop.ctx, { account: ann, amount: 700n, reason: 'Gift' });
    await spend(shop, other?.accountId ?? '', 400n);
    const lots = () =>
      shop.rows(
        `SELECT remaining_minor, expires_at IS NULL FROM lots WHERE account_id = '${own?.accountId}' ORDER BY seq`,
      );
    await shop.merge();
    expect(await lots()).toEqual(['500 0', '700 1', '600 0']);
    expect(await shop.statementOf(own?.accountId ?? '')).toContain('adjust -400 merge_spent');
    expect(await shop.differences()).toEqual([]);
  });

  test('what was spent before it lapsed does not lapse again', async () => {
    const shop = await openTwice(ofAMonth);
    const [own] = await shop.buys(ann, 1000);
    const [other] = await shop.buys(old, 20_000);
    await adjust(shop.ctx, { account: ann, amount: 700n, reason: 'Gift' });
    await spend(shop, other?.accountId ?? '', 400n);
    shop.clock.advance(100 * DAY_MS);
    await runJobs(shop.ctx, {});
    await shop.merge();
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([700, 0]);
    expect(await shop.statementOf(own?.accountId ?? '')).toEqual([
      'adjust 700 Gift',
      'earn 1000 ',
      'adjust -400 merge_spent',
      'expire -600 ',
    ]);
    expect(await shop.differences()).toEqual([]);
  });

  test('a debt goes along and is settled from what there is', async () => {
    const shop = await openTwice(moneyBack);
    const [own] = await shop.buys(ann, 20_000);
    const [other] = await shop.buys(old, 10_000);
    await spend(shop, other?.accountId ?? '', 500n);
    await shop.refund(other?.number ?? '', '1', 10_000);
    expect(await shop.balanceOf(other?.customerId ?? '')).toEqual([0, 500]);
    const { id } = await shop.merge();
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
    expect(await shop.statementOf(own?.accountId ?? '')).toContain('adjust -500 merge_owed');
    await shop.undo(id);
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([1000, 0]);
    expect(await shop.balanceOf(other?.customerId ?? '')).toEqual([0, 500]);
    expect(await shop.differences()).toEqual([]);
  });

  test('vouchers keep their codes, and are not paid again', async () => {
    const shop = await openTwice(inVouchers);
    const [own] = await shop.buys(ann, 10_000);
    await shop.buys(old, 15_000, 10_000);
    const before = await shop.rows('SELECT code FROM vouchers ORDER BY code');
    expect(before).toHaveLength(3);
    await shop.merge();
    expect(await shop.rows('SELECT code FROM vouchers ORDER BY code')).toEqual(before);
    expect(await shop.rows('SELECT code FROM voucher_cancellations')).toEqual([]);
    const theirs = await shop.rows(
      `SELECT code FROM vouchers WHERE account_id <> '${own?.accountId}' LIMIT 1`,
    );
    const order = { source: 'web', number: own?.number ?? '' };
    await useVoucher(shop.ctx, { code: theirs[0] ?? '', order, amount: 500n, currency: 'EUR' });
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([0, 0]);
    await runJobs(shop.ctx, {});
    expect(await shop.rows(`SELECT count(*) FROM accounts WHERE withdrawn_at IS NOT NULL`)).toEqual(['1']);
    expect(await shop.differences()).toEqual([]);
  });

  test('what comes late to the merged account goes on to the survivor', async () => {
    const shop = await openTwice(moneyBack);
    const [own] = await shop.buys(ann, 1000);
    const [other] = await shop.buys(old, 10_000);
    const { id } = await spend(shop, other?.accountId ?? '', 500n);
    const merged = await shop.merge();
    await reverseRedemption(shop.ctx, { id, reason: null });
    await runJobs(shop.ctx, {});
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([500, 0]);
    expect(await shop.differences()).toEqual([]);
    await shop.undo(merged.id);
    expect(await shop.balanceOf(other?.customerId ?? '')).toEqual([500, 0]);
    expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([0, 0]);
    expect(await shop.differences()).toEqual([]);
  });

  test('the same form sent twice merges once', async () => {
    const shop = await openTwice(moneyBack);
    await shop.buys(ann, 1000);
    await shop.buys(old, 1000);
    const key = newId();
    const [first, second] = [await shop.merge(ann, old, key), await shop.merge(ann, old, key)];
    expect(second).toEqual(first);
    expect(await shop.rows('SELECT count(*) FROM customer_merges')).toEqual(['1']);
  });

  test('two at once merge once', async () => {
    const shop = await openTwice(moneyBack);
    await shop.buys(ann, 12_000);
    await shop.buys(old, 12_000);
    const both = await Promise.all([refusal(shop.merge()), refusal(shop.merge())]);
    expect(both.toSorted()).toEqual([null, 'unknown_customer'].toSorted());
    expect(await shop.differences()).toEqual([]);
  });
});

describe('what cannot be merged', () => {
  test.each([
    ['one with themselves', ann, ann, 'same_customer'],
    ['somebody unknown', ann, 'nobody@example.com', 'unknown_customer'],
    ['who has joined into who has not', ann, old, 'keep_who_signs_in'],
  ])('%s is refused', async (_what, survivor, merged, code) => {
    const shop = await openTwice(moneyBack);
    await shop.buys(ann, 1000);
    await shop.buys(old, 1000);
    await shop.ctx.db.write([
      { sql: `UPDATE customers SET claimed_at = 1 WHERE email = '${old}'`, args: [] },
    ]);
    expect(await refusal(shop.merge(survivor, merged))).toBe(code);
    expect(await shop.rows('SELECT count(*) FROM customer_merges')).toEqual(['0']);
  });

  test('who has an email is not lost in who has none', async () => {
    const shop = await openTwice(moneyBack);
    const keyed = await shop.order({ customer: { key: 'K-1' } });
    const [other] = await shop.buys(old, 1000);
    expect(await refusal(shop.merge(keyed.customerId, old))).toBe('keep_who_has_email');
    await shop.merge(old, keyed.customerId);
    const again = await shop.order({ customer: { key: 'K-1' } });
    expect(again.customerId).toBe(other?.customerId);
    expect(await shop.differences()).toEqual([]);
  });

  test('whoever may not write customers and orders is refused', async () => {
    const shop = await openTwice(moneyBack);
    const analyst = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'analyst' } } as const;
    expect(await refusal(previewMerge(analyst, { survivor: ann, merged: old }))).toBe('forbidden');
  });
});
