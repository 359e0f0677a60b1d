import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const vouchers = {
  ...moneyBack,
  id: 'thanks',
  name: 'A voucher of 2 for every 50',
  spend: '50.00',
  back: '2.00',
  period: 'quarter',
  pays: { voucher: { months: 6, minimum: '0.00' } },
};

const fleeting = {
  ...moneyBack,
  id: 'fleeting',
  name: '1 % within the month',
  scheme: 'bands',
  mode: 'whole',
  spend: undefined,
  back: undefined,
  bands: [{ from: '0.00', percent: '1' }],
  period: 'month',
  expires: 'period-end',
};

const waiting = {
  ...moneyBack,
  id: 'waiting',
  name: '1 for every 100, after two weeks',
  settleAfterDays: 14,
};

/** A shop in which everything has happened: returns, debts, redemptions, vouchers, expiries, departments. */
export async function openBusyShop(): Promise<Shop> {
  const shop = await openShop(...[moneyBack, vouchers, fleeting, waiting].map(withoutGaps));
  const { ctx, clock } = shop;
  await shop.order({ email: 'ann@example.com', totals: [12_000, 4_500] });
  await shop.order({
    email: 'ann@example.com',
    totals: [30_000],
    shipping: { amount: 500, currency: 'EUR' },
  });
  await shop.refund('W-1', '1', 3_000);
  await shop.order({ email: 'bob@example.com', account: 'ACME', department: 'Paris', totals: [50_000] });
  await shop.order({ email: 'cai@example.com', account: 'ACME', status: 'placed', totals: [70_000] });
  await shop.order({ email: 'dan@example.com', currency: 'USD', totals: [9_900] });
  await shop.order({ email: 'dan@example.com', totals: [20_000] });
  const dan = await accountId(shop, 'dan@example.com');
  const ann = await accountId(shop, 'ann@example.com');
  const spend = { customerId: null, currency: 'EUR', reference: null } as const;
  await redeem(ctx, { ...spend, accountId: dan, kind: 'till', amount: 900n });
  await shop.event('W-7', { status: 'cancelled' });
  const till = await redeem(ctx, { ...spend, accountId: ann, kind: 'till', amount: 300n });
  await reverseRedemption(ctx, { id: till.id, reason: null });
  const bought = await redeem(ctx, { ...spend, accountId: ann, kind: 'voucher', amount: 400n });
  const order = { source: 'web', number: 'W-2' };
  await useVoucher(ctx, { code: bought.voucher?.code ?? '', order, amount: 400n, currency: 'EUR' });
  await adjust(ctx, { account: 'ann@example.com', amount: 250n, reason: 'Late parcel' });
  await adjust(ctx, { account: 'ACME', amount: -100n, reason: 'Given twice' });
  clock.advance(40 * DAY_MS);
  await shop.order({ email: 'ann@example.com', totals: [15_000] });
  await shop.event('W-4', { status: 'on_hold' });
  return shop;
}

/** The id of a customer's own account. */
export async function accountId({ ctx }: Shop, email: string): Promise<string> {
  const sql = 'SELECT a.id FROM accounts AS a JOIN customers AS c ON c.id = a.owner_id WHERE c.email = ?';
  const [row] = await ctx.db.read({ sql, args: [email] });
  return String(row?.[0]);
}

/** Rules as a file holds them: what is left out is not there. */
function withoutGaps(rule: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
