import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { listBenefits } from '../../../functions/circle/club/benefits/list-benefits.ts';
import { makeGood } from '../../../functions/circle/club/benefits/make-good.ts';
import { promiseBenefit, withdrawBenefit } from '../../../functions/circle/club/benefits/promise-benefit.ts';
import { endMembership } from '../../../functions/circle/club/end-membership.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { OrderAnswer } from '../../../functions/money/orders/answer.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read as readRows } from './house.ts';

const voucherRule = {
  id: 'voucher',
  name: 'A voucher for every 10',
  scheme: 'every',
  spend: '10.00',
  back: '1.00',
  period: 'lifetime',
  pays: { voucher: { months: 6, minimum: '20.00' } },
  from: '2025-01-01',
};
const delivery = { kind: 'other', texts: { en: { title: 'Free delivery', body: '' } } } as const;

let shop: Shop;
const orders: OrderAnswer[] = [];
beforeEach(async () => {
  shop = await openShop(voucherRule);
  orders.length = 0;
  for (const name of ['a', 'b', 'c']) {
    const order = await shop.order({ email: `${name}@example.com`, totals: [1000] });
    await claim(shop, order.customerId);
    orders.push(order);
  }
});
const join = (name: string, since: string | null = null) =>
  addMember(shop.ctx, { email: `${name}@example.com`, accountId: null, since });
const balances = async () =>
  Promise.all(
    orders.map(async ({ accountId }) => (await getBalance(shop.ctx, { accountId })).available.amount),
  );

describe('a benefit that is withdrawn', () => {
  it('is told to every member of that moment, and made good once, by jobs at once and cut short', async () => {
    await join('a');
    await join('b');
    const { id } = await promiseBenefit(shop.ctx, delivery);
    shop.clock.advance(1000);
    const { id: withdrawal } = await withdrawBenefit(shop.ctx, {
      id,
      reason: { en: 'No carrier' },
      bonus: '5.00',
    });
    shop.clock.advance(1000);
    await join('c', '2026-02-01');
    await endMembership(shop.ctx, {
      accountId: orders[1]?.accountId ?? '',
      until: '2026-03-01',
      isWithdrawn: false,
    });
    await Promise.all([makeGood(shop.ctx), makeGood(shop.ctx)]);
    await makeGood(shop.ctx);
    expect(await balances()).toEqual([500, 500, 0]);
    const mails = await readRows(shop, "SELECT params FROM outbox WHERE template = 'benefit_withdrawn'");
    expect(mails).toHaveLength(2);
    expect((await verify(shop.ctx)).found).toEqual([]);
    expect(await failure(withdrawBenefit(shop.ctx, { id, reason: { en: 'Again' }, bonus: '' }))).toBe(
      'benefit_withdrawn_already',
    );
    expect(await readRows(shop, 'SELECT name FROM club_sweeps')).toContain(`withdrawal ${withdrawal}`);
    const [shown] = await listBenefits(shop.ctx.db, shop.clock.now());
    expect(shown?.withdrawal).toMatchObject({ reason: { en: 'No carrier' }, bonus: { minor: 500n } });
  });

  it('without a bonus is told all the same, and a missing bonus is found out', async () => {
    await join('a');
    const first = await promiseBenefit(shop.ctx, delivery);
    await withdrawBenefit(shop.ctx, { id: first.id, reason: { en: 'Sorry' }, bonus: '' });
    await makeGood(shop.ctx);
    expect(await balances()).toEqual([0, 0, 0]);
    const second = await promiseBenefit(shop.ctx, delivery);
    const { id } = await withdrawBenefit(shop.ctx, { id: second.id, reason: { en: 'Sorry' }, bonus: '1.00' });
    const sql = 'INSERT INTO notices (subject, reader, at) VALUES (?, ?, 1)';
    await shop.ctx.db.write([{ sql, args: [`withdrawal ${id}`, orders[0]?.accountId ?? ''] }]);
    const { found } = await verify(shop.ctx);
    expect(found.map(({ what }) => what)).toEqual([`bonus for club ${id}`]);
  });

  it('needs its reason, an amount that is one, and who may', async () => {
    const { id } = await promiseBenefit(shop.ctx, delivery);
    const withdraw = (parts: object, ctx = shop.ctx) =>
      failure(withdrawBenefit(ctx, { id, reason: { en: 'Sorry' }, bonus: '', ...parts }));
    expect(await withdraw({ reason: { en: ' ' } })).toBe('validation_failed');
    expect(await withdraw({ bonus: 'five' })).toBe('validation_failed');
    expect(await withdraw({ id: 'none' })).toBe('not_found');
    const agent = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } } as const;
    expect(await withdraw({}, agent)).toBe('forbidden');
    const rule = promiseBenefit(shop.ctx, { ...delivery, kind: 'rule' });
    expect(await failure(rule)).toBe('validation_failed');
  });
});

describe('a waived minimum', () => {
  const codes = () =>
    readRows(shop, `SELECT code FROM vouchers WHERE account_id = '${orders[0]?.accountId}'`);
  const use = async () => {
    const [code = ''] = await codes();
    const small = await shop.order({ email: 'a@example.com', totals: [500] });
    const order = { source: small.source, number: small.number };
    return failure(useVoucher(shop.ctx, { code, order, amount: 100n, currency: 'EUR' }));
  };

  it('lets members use a voucher on a smaller order while it is kept', async () => {
    const { id } = await promiseBenefit(shop.ctx, { ...delivery, kind: 'waived_minimum' });
    expect(await use()).toBe('validation_failed');
    await join('a');
    await withdrawBenefit(shop.ctx, { id, reason: { en: 'Sorry' }, bonus: '' });
    expect(await use()).toBe('validation_failed');
    await promiseBenefit(shop.ctx, { ...delivery, kind: 'waived_minimum' });
    expect(await use()).toBeNull();
  });
});
