import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { ann, old } from './two-in-one.ts';

const RUNS = process.env.SOAK === '1' ? 500 : 25;

const targets = [
  { spend: '100.00', back: '5.00' },
  { spend: '250.00', back: '15.00' },
];
const bands = [
  { from: '0.00', percent: '1.15' },
  { from: '99.99', percent: '2.5' },
];

/** Rules that neither lapse nor pay in another form, so that only orders count. */
const { spend: _spend, back: _back, ...plain } = moneyBack;
const schemes = [
  moneyBack,
  { ...plain, id: 'steps', scheme: 'steps', targets, period: 'year' },
  { ...plain, id: 'whole', scheme: 'bands', mode: 'whole', bands, period: 'month' },
  { ...plain, id: 'marginal', scheme: 'bands', mode: 'marginal', bands, period: 'membership-year' },
  { ...moneyBack, id: 'later', settleAfterDays: 14, period: 'quarter' },
];

interface Bought {
  isOld: boolean;
  total: number;
  daysAgo: number;
  refunded: number;
}

const bought: fc.Arbitrary<Bought> = fc.record({
  isOld: fc.boolean(),
  total: fc.integer({ min: 1, max: 30_000 }),
  daysAgo: fc.integer({ min: 0, max: 400 }),
  refunded: fc.constantFrom(0, 0, 0, 40, 100),
});

const DAY_MS = 86_400_000;

test(`${RUNS} times, two merged are what one would have been, and two again what they were`, async () => {
  const property = fc.asyncProperty(
    fc.subarray(schemes, { minLength: 1 }),
    fc.array(bought, { minLength: 2, maxLength: 10 }),
    async (rules, orders) => {
      const [one, two] = await Promise.all([openShop(...rules), openShop(...rules)]);
      const owner = await buyAll(one, orders, () => ann);
      await buyAll(two, [{ isOld: false, total: 1, daysAgo: 0, refunded: 0 }], () => ann);
      await buyAll(one, [{ isOld: false, total: 1, daysAgo: 0, refunded: 0 }], () => ann);
      await buyAll(two, orders, ({ isOld }) => (isOld ? old : ann));
      if (!orders.some(({ isOld }) => isOld)) return;
      const parts = await balances(two);
      const { id } = await mergeCustomers(two.ctx, { survivor: ann, merged: old, key: newId() });
      expect(await posted(two)).toEqual(await posted(one));
      const single = await getBalance(one.ctx, { customerId: owner, accountId: undefined });
      const whole = await balanceOf(two, ann);
      expect(whole.spend).toEqual(single.spend);
      expect(whole.pending).toEqual(single.pending);
      const sum = parts.reduce((all, { available }) => all + available.amount, 0);
      const awaited = parts.reduce((all, { pending }) => all + pending.amount, 0);
      const lost = Math.max(0, awaited - single.pending.amount);
      expect(whole.available.amount).toBe(Math.max(single.available.amount, sum + lost));
      expect((await verify(two.ctx)).found).toEqual([]);
      await undoMerge(two.ctx, { id });
      expect(await balances(two)).toEqual(parts);
      expect((await verify(two.ctx)).found).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: RUNS });
}, 300_000);

async function buyAll(
  shop: Shop,
  orders: readonly Bought[],
  whose: (order: Bought) => string,
): Promise<string> {
  let owner = '';
  for (const order of orders) {
    const placedAt = new Date(shop.clock.now() - order.daysAgo * DAY_MS).toISOString();
    const { number, customerId } = await shop.order({ email: whose(order), totals: [order.total], placedAt });
    owner = customerId;
    const back = Math.floor((order.total * order.refunded) / 100);
    if (back > 0) await shop.refund(number, '1', back);
  }
  return owner;
}

async function balanceOf(shop: Shop, email: string) {
  const [row] = await shop.ctx.db.read({ sql: 'SELECT id FROM customers WHERE email = ?', args: [email] });
  return getBalance(shop.ctx, { customerId: String(row?.[0]), accountId: undefined });
}

async function balances(shop: Shop) {
  const both = [await balanceOf(shop, ann), await balanceOf(shop, old)];
  return both.map(({ spend, available, pending, debt }) => ({ spend, available, pending, debt }));
}

/** What stands posted in the whole shop, by rule and period. */
async function posted({ ctx }: Shop): Promise<string[]> {
  const rows = await ctx.db.read({
    sql: `SELECT rule_id, version, period_start, sum(spend_minor), sum(posted_minor) FROM period_totals
      GROUP BY 1, 2, 3 HAVING sum(spend_minor) > 0 ORDER BY 1, 2, 3`,
    args: [],
  });
  return rows.map((row) => row.map(String).join(' '));
}
