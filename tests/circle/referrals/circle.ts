import { lookAtReferrals } from '../../../functions/circle/referrals/look-due.ts';
import { openFriend } from '../../../functions/circle/referrals/open-friend.ts';
import { openOwnCode } from '../../../functions/circle/referrals/own-code.ts';
import { startReferral } from '../../../functions/circle/referrals/start-referral.ts';
import { signUp } from '../../../functions/desk/demo/sign-up.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { createAccountQueue } from '../../../functions/ground/platform/account-queue.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffActor = { kind: 'staff', id: 'olena', role: 'manager' } as const;

const waiting = { ...moneyBack, settleAfterDays: 14 };

/** A shop in which Ann, a customer, recommends it, and short words for what happens then. */
export async function openCircle(rule: Record<string, unknown> = waiting) {
  const shop = await openShop(rule);
  const { ctx } = shop;
  await setPolicy(ctx, 'referral', 'on');
  await setPolicy(ctx, 'referralOwn', '7.00');
  await setPolicy(ctx, 'referralFriend', '5.00');
  const ann = await join(shop, 'ann@example.com', 'Ann Lee');
  const code = await openOwnCode(ctx, ann);
  const ask = async (sql: string) => (await ctx.db.read({ sql, args: [] })).map((row) => row.map(String));
  shop.clock.advance(1000);
  return {
    ...shop,
    ann,
    code,
    ask,
    staff: { ...ctx, actor: staffActor } satisfies Context,
    join: (email: string, name = 'Ben Ode') => join(shop, email, name),
    /** Somebody says the code, at the till or by the link. */
    tell: async (
      email: string,
      told: { code?: string; via?: 'link' | 'till'; toldAt?: number; by?: Context } = {},
    ) => {
      const { by = ctx, ...more } = told;
      const customerId = await openFriend(by, { email, name: null });
      return startReferral(by, { code, customerId, via: 'till', ...more });
    },
    /** A worker of its own on the same database. */
    another: (): Context => ({ ...ctx, queue: createAccountQueue() }),
    buy: async (email: string, more: Parameters<Shop['order']>[0] = {}) => {
      shop.clock.advance(1000);
      const placedAt = new Date(shop.clock.now()).toISOString();
      const order = await shop.order({ email, totals: [3000], placedAt, ...more });
      return order.number;
    },
    look: () => lookAtReferrals(ctx),
    stateOf: async (id: string) => (await ask(`SELECT state FROM referrals WHERE id = '${id}'`))[0]?.[0],
    reasonsOf: async (id: string) =>
      (
        await ask(
          `SELECT code FROM referral_steps WHERE referral_id = '${id}' AND kind = 'found' ORDER BY seq`,
        )
      ).flat(),
    /** What stands of the referral's bonuses, the referrer's before the friend's. */
    paid: async (id: string) =>
      (
        await ask(`SELECT amount_minor FROM bonuses WHERE cause_id = '${id}'
          AND id NOT IN (SELECT bonus_id FROM bonus_reversals) ORDER BY amount_minor DESC`)
      ).flat(),
    mails: async () =>
      (await ask("SELECT template FROM outbox WHERE template LIKE 'referral%' ORDER BY id")).flat(),
    differences: async () => (await verify(ctx)).found,
  };
}
export type Circle = Awaited<ReturnType<typeof openCircle>>;

async function join({ ctx }: Pick<Shop, 'ctx'>, email: string, name: string): Promise<string> {
  await signUp(ctx, { email, name, language: 'en' });
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM customers WHERE email = ?', args: [email] });
  return String(row?.[0]);
}
