import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listOpenVouchers } from '../../money/accounts/list-lots.ts';
import type { RedemptionAnswer } from '../../money/redemptions/answer.ts';
import { markPaid } from '../../money/redemptions/payouts/mark-paid.ts';
import { redeem } from '../../money/redemptions/redeem.ts';
import { reverseRedemption } from '../../money/redemptions/reverse-redemption.ts';
import { useVoucher } from '../../money/redemptions/use-voucher.ts';
import { findCustomers } from '../../people/customers/find-customers.ts';
import { getBalance } from '../../people/customers/get-balance.ts';
import type { DemoOrder } from './demo-order.ts';
import { company, people } from './people.ts';
import type { Random } from './random.ts';

const SMALLEST = 500n;

/** Something that happens at a moment of the demo's own time. */
export interface DemoHappening {
  at: number;
  run: (ctx: Context) => Promise<unknown>;
}

/** Once a week some of the customers spend what they have, and use vouchers for what they bought last. */
export function weeklySpending(
  orders: readonly DemoOrder[],
  { now, random }: { now: number; random: Random },
): DemoHappening[] {
  const written: readonly string[] = [people.anna.email, people.viktor.email];
  const emails = [...new Set(orders.map(({ email }) => email))].filter((email) => !written.includes(email));
  const weeks = Array.from({ length: 90 }, (_, index) => now - (index * 7 + 4) * DAY_MS);
  return weeks.map((at) => ({
    at,
    run: async (ctx) => {
      for (let count = 0; count < 5; count += 1) {
        const email = emails[random.whole(emails.length)] ?? '';
        const last = orders.findLast((order) => order.email === email && order.placedAt.at < at);
        if (last === undefined || last.account !== null) continue;
        const kind = random.chance(60) ? 'till' : 'voucher';
        await spend(ctx, { email, kind, reference: kind === 'till' ? `Receipt ${last.number}` : null });
        if (random.chance(50)) await payWithVouchers(ctx, email, last);
      }
    },
  }));
}

/** What Anna and Viktor do with their credit. */
export function toldSpending(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const { anna, marta, viktor } = people;
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  return [
    at(420, (ctx) =>
      spend(ctx, { email: anna.email, kind: 'till', atMost: 2500n, reference: 'Receipt 3894' }),
    ),
    at(300, (ctx) =>
      spend(ctx, { email: anna.email, kind: 'till', atMost: 1000n, reference: 'Receipt 4711' }),
    ),
    at(216, (ctx) => spend(ctx, { email: anna.email, kind: 'voucher', atMost: 2000n, reference: null })),
    at(214, async (ctx) => {
      const last = orders.findLast(({ email, placedAt }) => email === anna.email && placedAt.at < ctx.now());
      if (last !== undefined) await payWithVouchers(ctx, anna.email, last);
    }),
    at(150, async (ctx) => {
      const made = await spend(ctx, {
        email: anna.email,
        kind: 'till',
        atMost: 500n,
        reference: 'Receipt 5102',
      });
      if (made !== null) await reverseRedemption(ctx, { id: made.id, reason: 'Rung up twice' });
    }),
    at(20, (ctx) => spend(ctx, { email: anna.email, kind: 'voucher', atMost: 500n, reference: null })),
    ...[430, 260, 170, 45].map((days) =>
      at(days, (ctx) =>
        spend(ctx, { email: marta.email, account: company, kind: 'voucher', reference: null }),
      ),
    ),
    at(105, (ctx) => spend(ctx, { email: viktor.email, kind: 'till', reference: 'Receipt 5533' })),
  ];
}

/** A donation that was passed on, and what waits to be: a payout and a donation of the first who have enough. */
export function owedSpending(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const written: readonly string[] = Object.values(people).map(({ email }) => email);
  const emails = [...new Set(orders.filter(({ account }) => account === null).map(({ email }) => email))];
  const others = emails.filter((email) => !written.includes(email));
  const spendFirst = async (ctx: Context, kind: 'payout' | 'donation') => {
    const reference = kind === 'donation' ? 'Riverside animal shelter' : null;
    for (const email of others) {
      const made = await spend(ctx, { email, kind, atMost: 2000n, reference });
      if (made !== null) return made.id;
    }
    return null;
  };
  return [
    {
      at: now - 40 * DAY_MS,
      run: async (ctx) => {
        const id = await spendFirst(ctx, 'donation');
        if (id !== null) await markPaid(ctx, { ids: [id], reference: 'Transfer 0417' });
      },
    },
    { at: now - 4 * DAY_MS, run: (ctx) => spendFirst(ctx, 'donation') },
    { at: now - 2 * DAY_MS, run: (ctx) => spendFirst(ctx, 'payout') },
  ];
}

/** Spends what somebody's own account, or the one named, has, up to `atMost`, in whole pounds; nothing when that is too little. */
async function spend(
  ctx: Context,
  wish: {
    email: string;
    account?: string;
    kind: 'till' | 'voucher' | 'payout' | 'donation';
    atMost?: bigint;
    reference: string | null;
  },
): Promise<RedemptionAnswer | null> {
  const place = await placeOf(ctx, wish.email, wish.account);
  if (place === null) return null;
  const { available } = await getBalance(ctx, { accountId: place.accountId });
  const whole = BigInt(available.amount - (available.amount % 100));
  const amount = wish.atMost !== undefined && wish.atMost < whole ? wish.atMost : whole;
  if (amount < SMALLEST) return null;
  const { kind, reference } = wish;
  return redeem(ctx, { ...place, kind, reference, amount, currency: available.currency });
}

/** Pays with the vouchers somebody holds, as far as one order goes. */
async function payWithVouchers(
  ctx: Context,
  email: string,
  { source, number, lines }: DemoOrder,
): Promise<void> {
  const place = await placeOf(ctx, email);
  if (place === null) return;
  const open = await listOpenVouchers(ctx.db, { ids: JSON.stringify([place.accountId]) });
  let left = lines.reduce((sum, { totalMinor, discountMinor }) => sum + totalMinor - discountMinor, 0n);
  for (const { code, amountMinor, minimumMinor, expiresAt, currency } of open) {
    if (left < minimumMinor || left < amountMinor) continue;
    if (expiresAt !== null && expiresAt <= ctx.now()) continue;
    await useVoucher(ctx, { code, order: { source, number }, amount: amountMinor, currency });
    left -= amountMinor;
  }
}

async function placeOf(
  ctx: Context,
  email: string,
  accountName: string | null = null,
): Promise<{ customerId: string; accountId: string } | null> {
  const { items } = await findCustomers(ctx, { email });
  const customer = items[0];
  const account = customer?.accounts.find(({ name }) => name === accountName);
  return customer === undefined || account === undefined
    ? null
    : { customerId: customer.id, accountId: account.id };
}
