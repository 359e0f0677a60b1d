import type { Store } from '../../../db/store.ts';
import type { CampaignContentInput } from '../../../functions/care/campaigns/content/content.ts';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { scheduleCampaign } from '../../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../../functions/care/campaigns/sending/work-campaigns.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { finishFacts } from '../../../functions/insight/segments/facts-ready.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { askWholly } from '../../../functions/insight/segments/work-segments.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { openFakeResend } from '../../support/fake-resend.ts';
import { moneyBack, openShop, openShopOn, type Shop } from '../../support/shop.ts';

/** A text block, and what else a campaign needs, of which only what matters is given. */
export function aCampaign(told: Partial<CampaignContentInput> = {}): CampaignContentInput {
  return {
    ...{ name: 'Spring', kind: 'news', segmentId: null, controlPercent: 0, windowDays: 30, sender: null },
    ...{ subject: { en: 'Spring is here' }, voucher: null, blocks: [aText('We have new tea.')] },
    ...told,
  };
}

export const aText = (
  en: string,
  more: Partial<Extract<CampaignContentInput['blocks'][number], { kind: 'text' }>> = {},
) => ({
  ...{ id: '00000001', kind: 'text' as const, texts: { en }, formal: {} },
  ...more,
});

/** What a campaign has that gives each account a voucher of 3.00. */
export const gift = {
  voucher: { amountMinor: 300n, days: 30 },
  blocks: [aText('For you:'), { id: '00000002', kind: 'voucher' as const, texts: {} }],
};

/** The same context, which is told of each write before it happens. */
export const watched = (
  ctx: Context,
  before: (sql: string, args: readonly unknown[]) => Promise<void>,
): Context => {
  const write: Context['db']['write'] = async (statements) => {
    for (const { sql, args } of statements) await before(sql, args);
    return ctx.db.write(statements);
  };
  return { ...ctx, db: { ...ctx.db, write, fresh: ctx.db.fresh } };
};

export type CampaignHouse = Awaited<ReturnType<typeof openCampaignHouse>>;

/** A shop whose mail goes to a stand-in, with whoever is asked for; its close ends the stand-in. */
export async function openCampaignHouse(kept: Store | null = null) {
  const shop = kept === null ? await openShop(moneyBack) : await openShopOn({ store: kept });
  const { fake, close } = await openFakeResend(shop.clock.now);
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx: Context = { ...shop.ctx, config: { ...shop.ctx.config, mail } };
  const sleep = async (ms: number) => shop.clock.advance(ms);
  return {
    ...{ shop, ctx, fake, close },
    deliver: () => deliverMail(ctx, { sleep, budget_ms: 3_600_000 }),
    /** Customers who ordered, by name; those who agree to news. */
    people: async (names: readonly string[], { agree = true } = {}) => {
      const ids = new Map<string, string>();
      for (const name of names) {
        const { customerId } = await shop.order({ email: `${name}@example.com` });
        ids.set(name, customerId);
        if (agree) await agreeToNews(ctx, customerId);
      }
      await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
      return ids;
    },
    /** Begins, schedules and draws a campaign. */
    send: async (told: Partial<CampaignContentInput> = {}) => {
      const { id, actSeq: seq } = await createCampaign(ctx, aCampaign(told));
      await scheduleCampaign(ctx, { id, seq, at: null });
      await workCampaigns(ctx);
      return id;
    },
    hire: (email: string, role: Role) => hire(shop, email, role),
  };
}

export const agreeToNews = (ctx: Context, customerId: string, isOn = true) =>
  setPreferences(
    { ...ctx, actor: { kind: 'customer', id: customerId } },
    { customerId, wishes: [{ topic: 'news', channel: 'mail', isOn }] },
  );

/** A segment of those who spent something, asked. */
export async function setSegmentOf(ctx: Context, id: string, minor: number): Promise<void> {
  const rule = { field: 'orders.spend', operator: '>=', value: minor };
  await finishFacts(ctx);
  await setSegment(ctx, { id, definition: { combinator: 'and', rules: [rule] } });
  await askWholly(ctx, id);
}

export const addressesOf = ({ fake }: Pick<CampaignHouse, 'fake'>) =>
  fake.accepted.map(({ body }) => String([body.to].flat()[0])).toSorted();

async function hire({ ctx }: Shop, email: string, role: Role): Promise<Context> {
  await addStaff(ctx, { email, role });
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM staff WHERE email = ?', args: [email] });
  return { ...ctx, actor: { kind: 'staff', id: String(row?.[0]), role } };
}
