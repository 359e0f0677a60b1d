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
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** How many customers agree to news, at the till. */
const AGREEING = 130;

/** One campaign of six weeks ago, with a share held back and a voucher, one of last week to all, and the draft of the next. */
export function campaignStories(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  const others = [...new Set(orders.map(({ email }) => email))].toSorted().slice(0, AGREEING);
  const emails = new Set([...others, people.anna.email]);
  return [
    at(60, async (ctx) => {
      for (const email of emails) await agree(ctx, email);
    }),
    at(44, (ctx) => send(ctx, firstFlush)),
    at(9, (ctx) => send(ctx, houseBlend)),
    at(1, async (ctx) => void (await createCampaign(await asColleague(ctx, 'maryna'), winter))),
  ];
}

/** Goes out, and all of its mails have left. */
async function send(ctx: Context, content: CampaignContentInput): Promise<void> {
  const own = await asColleague(ctx, 'maryna');
  const { id, actSeq: seq } = await createCampaign(own, content);
  await scheduleCampaign(own, { id, seq, at: null });
  await workCampaigns(ctx);
  await ctx.db.write([
    statement(
      "UPDATE outbox SET sent_at = created_at, provider_id = 'mailbox' WHERE template = 'campaign_news' AND sent_at IS NULL",
    ),
  ]);
  await workCampaigns(ctx);
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

const houseBlend: CampaignContentInput = {
  ...{
    name: 'House blend',
    kind: 'news',
    segmentId: null,
    controlPercent: 0,
    windowDays: 30,
    sender: null,
  },
  ...{ subject: { en: 'You asked for less acid', uk: 'Ви просили м’якше' }, voucher: null },
  blocks: [
    {
      id: '00000001',
      kind: 'text',
      texts: {
        en: 'Many of you told us that the house blend was too bright in the morning. We roast it two minutes longer now.\n\nYou have {balance} with us, should you like to try it.',
        uk: 'Багато хто казав нам, що домашня суміш зранку закисла. Тепер ми смажимо її на дві хвилини довше.\n\nНа вашому рахунку {balance}, якщо захочете скуштувати.',
      },
      formal: {},
    },
    {
      ...{ id: '00000002', kind: 'product', picture: null },
      link: 'https://fernandkettle.example/house-blend',
      texts: { en: 'House blend, new roast', uk: 'Домашня суміш, нове обсмаження' },
      lines: { en: 'Cocoa and hazelnut. £11.50 for 250 g.', uk: 'Какао й фундук. £11.50 за 250 г.' },
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
