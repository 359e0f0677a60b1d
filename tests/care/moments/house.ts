import { setMoment } from '../../../functions/care/moments/set-moment.ts';
import { workMoments } from '../../../functions/care/moments/work-moments.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { isAttentionDue } from '../../../functions/insight/attention/runs/begin-run.ts';
import { workOnAttention } from '../../../functions/insight/attention/runs/work-on-attention.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { openFakeResend } from '../../support/fake-resend.ts';
import { DAY_MS, moneyBack, type OrderSketch, openShop } from '../../support/shop.ts';
import { agreeToNews } from '../campaigns/house.ts';
import { rowsOf } from '../contacts/house.ts';

/** A shop in London, noon of 1 March 2026, whose mail goes to a stand-in until it is closed. */
export async function openMoments() {
  const shop = await openShop(moneyBack);
  const { clock } = shop;
  const { fake, close } = await openFakeResend(clock.now);
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx: Context = { ...shop.ctx, config: { ...shop.ctx.config, mail } };
  const dayAgo = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString();
  return {
    ...{ shop, ctx, clock, fake, close, dayAgo },
    /** Somebody who has joined and agreed to news, with orders so many days ago. */
    join: async (
      name: string,
      {
        bought = [],
        agrees = true,
        ...sketch
      }: OrderSketch & { bought?: readonly number[]; agrees?: boolean } = {},
    ) => {
      let known = { customerId: '', accountId: '' };
      for (const days of bought.length === 0 ? [1] : bought)
        known = await shop.order({ email: `${name}@example.com`, placedAt: dayAgo(days), ...sketch });
      const { customerId, accountId } = known;
      await ctx.db.write([
        {
          sql: 'UPDATE customers SET claimed_at = 1, phone = ? WHERE id = ?',
          args: ['+442079460101', customerId],
        },
      ]);
      if (agrees) await agreeToNews(ctx, customerId);
      return { customerId, accountId };
    },
    switchOn: (name: string, settings: Record<string, string> = {}) =>
      setMoment(ctx, { name, isOn: true, settings }),
    switchOff: (name: string) => setMoment(ctx, { name, isOn: false }),
    /** What the nights before come to: facts, and the lists of this morning. */
    wakeUp: async () => {
      await workFacts(ctx);
      for (let turns = 0; turns < 50 && (await isAttentionDue(ctx)); turns += 1) await workOnAttention(ctx);
    },
    /** Has the job run twice at once. */
    work: async () => {
      const [told = 0, again = 0] = await Promise.all([workMoments(ctx), workMoments(ctx)]);
      return told + again;
    },
    goOn: (days: number) => clock.advance(days * DAY_MS),
    deliver: () => deliverMail(ctx, { sleep: async (ms) => clock.advance(ms), budget_ms: 3_600_000 }),
    /** To whom mail of a template was written. */
    written: (template: string) =>
      rowsOf(
        ctx,
        `SELECT c.email FROM outbox AS o JOIN customers AS c ON c.id = o.customer_id WHERE o.template = ?
         ORDER BY o.created_at, c.email`,
        template,
      ).then((rows) => rows.map(([email]) => String(email).split('@')[0])),
    rows: (sql: string, ...args: string[]) => rowsOf(ctx, sql, ...args),
    differences: async () => (await verify(ctx)).found,
  };
}

export type MomentsHouse = Awaited<ReturnType<typeof openMoments>>;
