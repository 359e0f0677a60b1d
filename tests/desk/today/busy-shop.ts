import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

/** A year and more of orders of a few people, with refunds, cancellations, other currencies, spending and what was taken back. */
export async function busyShop(): Promise<Shop> {
  const shop = await openShop({ ...moneyBack, expires: { months: 12 } });
  let seed = 7;
  const pick = (of: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % of;
  };
  const start = Date.UTC(2025, 0, 5);
  for (let made = 0; made < 60; made += 1) {
    const placedAt = new Date(start + pick(420) * DAY_MS + pick(24) * 3_600_000).toISOString();
    const order = await shop.order({
      placedAt,
      email: `p${pick(7)}@x.example`,
      totals: [2000 + pick(20_000)],
      currency: pick(9) === 0 ? 'USD' : 'EUR',
    });
    if (pick(6) === 0 && order.lines[0]?.total.currency === 'EUR') await shop.refund(order.number, '1', 1500);
    if (pick(11) === 0) await shop.event(order.number, { status: 'cancelled' });
    shop.clock.advance(3_600_000);
  }
  for (let person = 0; person < 7; person += 1) {
    const email = `p${person}@x.example`;
    const given = await adjust(shop.ctx, { account: email, amount: 5000n, reason: 'Sorry' });
    const spend = () =>
      redeem(shop.ctx, {
        kind: 'payout',
        accountId: given.accountId,
        customerId: null,
        amount: 700n,
        currency: 'EUR',
        reference: null,
      });
    const { id } = await spend();
    await spend();
    if (person % 2 === 0) await reverseRedemption(shop.ctx, { id, reason: 'Mistake' });
  }
  return shop;
}
