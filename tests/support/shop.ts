import type { z } from 'zod';
import type { Context } from '../../functions/ground/platform/context.ts';
import { assert } from '../../functions/ground/platform/errors.ts';
import type { OrderAnswer } from '../../functions/money/orders/answer.ts';
import { recordEvent } from '../../functions/money/orders/record-event.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordRefund } from '../../functions/money/orders/record-refund.ts';
import {
  orderEventInput,
  type recordOrderInput,
  refundInput,
  recordOrderInput as schema,
} from '../../functions/money/orders/schema.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { changePerson } from '../../functions/people/households/change-person.ts';
import {
  createTestClock,
  createTestContext,
  type TestClock,
  type TestContextOptions,
} from './test-context.ts';

type OrderInput = z.input<typeof recordOrderInput>;

/** What matters about an order; the rest is filled in. `totals` are its lines', in cents. */
export type OrderSketch = Partial<Omit<OrderInput, 'customer' | 'lines'>> & {
  email?: string;
  /** Instead of `email`; null is nobody. */
  customer?: OrderInput['customer'] | null;
  totals?: number[];
  lines?: OrderInput['lines'];
};

/** An order of somebody. */
export type OwnedOrder = OrderAnswer & { customerId: string; accountId: string };

/** A shop of a test: a context whose clock can be moved, and short words for what happens in it. */
export interface Shop {
  ctx: Context;
  clock: TestClock;
  setRules: (...rules: Record<string, unknown>[]) => Promise<void>;
  order: (sketch?: OrderSketch) => Promise<OwnedOrder>;
  /** A sale of nobody, unless the sketch names somebody. */
  sale: (sketch?: OrderSketch) => Promise<OrderAnswer>;
  event: (number: string, event: Partial<z.input<typeof orderEventInput>>) => Promise<void>;
  refund: (number: string, line: string, amount: number) => Promise<void>;
  /** A word of the staff: who ordered for a company belongs to it, as its manager or as told. */
  confirm: (
    order: Pick<OwnedOrder, 'accountId' | 'customerId'>,
    as?: { isManager?: boolean; mayRedeem?: boolean },
  ) => Promise<void>;
  departmentId: (name: string) => Promise<string>;
  /** The same database seen by a signed-in customer. */
  as: (customerId: string) => Context;
}

export const moneyBack = {
  id: 'money-back',
  name: '5 back for every 100',
  scheme: 'every',
  spend: '100.00',
  back: '5.00',
  period: 'lifetime',
  from: '2025-01-01',
};

/** 1 March 2026, noon in UTC, unless another clock is given; euros and London time once rules are set. */
export async function openShop(...rules: Record<string, unknown>[]): Promise<Shop> {
  return openShopOn({}, ...rules);
}

/** The same on a database that is there already. */
export async function openShopOn(
  on: Pick<TestContextOptions, 'store'>,
  ...rules: Record<string, unknown>[]
): Promise<Shop> {
  const clock = createTestClock();
  const ctx = await createTestContext({ ...on, now: clock.now });
  let count = 0;
  const shop: Shop = {
    ctx,
    clock,
    setRules: async (...next) => {
      await setProgramme(ctx, { currency: 'EUR', timeZone: 'Europe/London', debt: 'carry', rules: next });
    },
    order: async (sketch = {}) => {
      const { customerId, accountId, ...order } = await shop.sale({
        ...sketch,
        customer: sketch.customer ?? { email: sketch.email ?? 'ann@example.com' },
      });
      assert(customerId !== null && accountId !== null, 'the order names a customer');
      return { ...order, customerId, accountId };
    },
    sale: async ({ email, customer = null, totals = [4200], lines, ...sketch } = {}) => {
      count += 1;
      const currency = sketch.currency ?? 'EUR';
      const input = schema.parse({
        source: 'web',
        number: `W-${count}`,
        placedAt: new Date(clock.now() - DAY_MS + count * 1000).toISOString(),
        currency,
        status: 'delivered',
        ...(customer === null ? {} : { customer }),
        lines: lines ?? totals.map((amount, index) => ({ id: `${index + 1}`, total: { amount, currency } })),
        ...sketch,
      });
      return (await recordOrder(ctx, input)).order;
    },
    event: async (number, event) => {
      count += 1;
      const at = new Date(clock.now()).toISOString();
      const told = { id: `e${count}`, source: 'dhl', status: 'delivered', at, ...event };
      await recordEvent(ctx, { source: 'web', number, event: orderEventInput.parse(told) });
    },
    refund: async (number, line, amount) => {
      count += 1;
      const lines = [{ line, amount: { amount, currency: 'EUR' } }];
      const at = new Date(clock.now()).toISOString();
      const refund = refundInput.parse({ id: `r${count}`, at, lines });
      await recordRefund(ctx, { source: 'web', number, refund });
    },
    confirm: async ({ accountId, customerId }, { isManager = true, mayRedeem = true } = {}) => {
      await changePerson(ctx, { accountId, customerId, isManager, mayRedeem });
    },
    departmentId: async (name) => {
      const [row] = await ctx.db.read({ sql: 'SELECT id FROM accounts WHERE name = ?', args: [name] });
      return String(row?.[0]);
    },
    as: (id) => ({ ...ctx, actor: { kind: 'customer', id } }),
  };
  if (rules.length > 0) await shop.setRules(...rules);
  return shop;
}

export const DAY_MS = 86_400_000;
