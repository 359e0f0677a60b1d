import { statement } from '../../../db/query.ts';
import type { CampaignContentInput } from '../../care/campaigns/content/content.ts';
import { createCampaign } from '../../care/campaigns/edit-campaign.ts';
import { scheduleCampaign } from '../../care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../care/campaigns/sending/work-campaigns.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { consentText } from '../../people/joining/consent-texts.ts';
import { recordConsent } from '../../people/joining/record-consent.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import type { DemoOrder } from './demo-order.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** How many customers agree to news, at the till. */
const AGREEING = 130;

/** One campaign of six weeks ago, with a share held back and a voucher, and the draft of the next. */
export function campaignStories(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  const emails = [...new Set(orders.map(({ email }) => email))].toSorted().slice(0, AGREEING);
  return [
    at(60, async (ctx) => {
      for (const email of emails) await agree(ctx, email);
    }),
    at(44, async (ctx) => {
      const own = await asColleague(ctx, 'maryna');
      const { id, actSeq: seq } = await createCampaign(own, firstFlush);
      await scheduleCampaign(own, { id, seq, at: null });
      await workCampaigns(ctx);
      await ctx.db.write([
        statement(
          "UPDATE outbox SET sent_at = created_at, provider_id = 'mailbox' WHERE template = 'campaign_news'",
        ),
      ]);
      await workCampaigns(ctx);
    }),
    at(1, async (ctx) => void (await createCampaign(await asColleague(ctx, 'maryna'), winter))),
  ];
}

async function agree(ctx: Context, email: string): Promise<void> {
  const [customer] = await findOwnerByEmail(ctx.db.fresh, { email });
  if (customer === undefined) return;
  const { identity } = await getBusiness(ctx);
  const text = consentText(identity, { kind: 'news', language: 'en' });
  const given = {
    customerId: customer.id,
    text,
    isGiven: true,
    source: 'staff',
    basis: 'Agreed at the till',
  } as const;
  await writeDecision(ctx, { rows: recordConsent({ ...given, at: ctx.now(), actor: actorName(ctx.actor) }) });
}

const firstFlush: CampaignContentInput = {
  ...{
    name: 'First flush',
    kind: 'news',
    segmentId: null,
    controlPercent: 30,
    windowDays: 30,
    sender: 'manager',
  },
  subject: { en: 'The first flush is here', uk: 'Перший збір уже тут' },
  voucher: { amountMinor: 300n, days: 30 },
  blocks: [
    {
      ...{ id: '00000001', kind: 'text', formal: {} },
      texts: {
        en: 'We tasted forty teas this year and kept three.\n\nOnly {missing} to your next reward, by the way.',
        uk: 'Цього року ми скуштували сорок чаїв і залишили три.\n\nДо наступної винагороди бракує {missing}.',
      },
    },
    {
      ...{
        id: '00000002',
        kind: 'product',
        picture: null,
        link: 'https://fernandkettle.example/first-flush',
      },
      texts: { en: 'Darjeeling, first flush', uk: 'Дарджилінг, перший збір' },
      lines: { en: 'Light and floral. £18.00 for 100 g.', uk: 'Легкий, квітковий. £18.00 за 100 г.' },
    },
    { id: '00000003', kind: 'voucher', texts: { en: 'To try one of them', uk: 'Щоб скуштувати' } },
    {
      ...{ id: '00000004', kind: 'button', link: 'https://fernandkettle.example/first-flush' },
      texts: { en: 'See all three', uk: 'Подивитися на всі три' },
    },
  ],
};

/** Not ready: it has no text in Ukrainian. */
const winter: CampaignContentInput = {
  ...{
    name: 'Winter teas',
    kind: 'sales',
    segmentId: null,
    controlPercent: 20,
    windowDays: 60,
    sender: null,
  },
  ...{ subject: { en: 'For long evenings', uk: 'Для довгих вечорів' }, voucher: null },
  blocks: [
    {
      id: '00000001',
      kind: 'text',
      texts: { en: 'Spiced, smoked and dark: what we drink when it snows.' },
      formal: {},
    },
    {
      id: '00000002',
      kind: 'button',
      texts: { en: 'Have a look' },
      link: 'https://fernandkettle.example/winter',
    },
  ],
};
