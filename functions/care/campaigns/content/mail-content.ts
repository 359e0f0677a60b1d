import { built } from '../../../../languages/built.ts';
import type { CampaignWords } from '../../../../languages/language.ts';
import { fillIn } from '../../../ground/formats/fill-in.ts';
import { portalAddress } from '../../../ground/outbox/letters.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { nearestLanguage } from '../../../money/business/languages.ts';
import { loadVoucher } from '../../../money/redemptions/get-voucher.ts';
import type { ContentAsked, ContentOf, MailContent } from '../../../people/mail/mail-content.ts';
import { findCardOf, findStaffCard, type ManagerCard } from '../../../people/managers/find-card.ts';
import { type Campaign, toCampaign } from '../get-campaign.ts';
import { findRow } from '../queries.ts';
import { findToldBefore } from '../sending/list-candidates.ts';
import { withheldOffer } from '../sending/withheld-offer.ts';
import { BY_MANAGER, languagesOf } from './content.ts';
import { loadOffered } from './load-world.ts';
import { loadReader, nobody } from './reader-values.ts';
import { type BlockWords, type CampaignWording, voucherEnd, wordCampaign } from './word-campaign.ts';

/** What mails of campaigns say is the campaign's own, in the figures of their reader when it is their turn. */
export const campaignContentOf: ContentOf = {
  templates: ['campaign_news', 'campaign_sales', 'campaign_service', 'campaign_test'],
  write: writeContent,
  speaks: async (ctx, param) => {
    const row = await findRow(ctx.db, { id: param('campaignId') ?? '' });
    return row === null ? null : languagesOf(toCampaign(row).content);
  },
  withheld: async (ctx, { id, customerId, param }) => {
    const campaignId = param('campaignId') ?? '';
    const db = ctx.db.fresh;
    const [row, before] = await Promise.all([
      findRow(db, { id: campaignId }),
      findToldBefore(db, { campaignId, customerId, mailId: id }),
    ]);
    if (row?.state === 'stopped') return 'stopped';
    if (before.length > 0) return 'told_before';
    if (row === null || toCampaign(row).content.kind !== 'sales') return null;
    return withheldOffer(ctx, customerId);
  },
};

async function writeContent(ctx: Context, asked: ContentAsked): Promise<MailContent | null> {
  const { param, letter, mentions, parts } = asked;
  const row = await findRow(ctx.db, { id: param('campaignId') ?? '' });
  if (row === null) return null;
  const campaign = toCampaign(row);
  const customerId = asked.customerId ?? (param('as') || null);
  const rootId = param('rootId');
  const toPage = (path: string) => portalAddress(path, parts);
  const web = toPage(`/account/news/${campaign.id}`);
  const wording = await wordingFor(ctx, campaign, {
    customerId,
    rootId,
    language: parts.language,
    formats: mentions.formats,
  });
  const code = param('code');
  const voucher =
    asked.template === 'campaign_test'
      ? sampleVoucher(ctx, campaign)
      : code === null
        ? null
        : { ...(await loadVoucher(ctx, code)), code: mentions.voucherCode };
  const { subject, blocks, paragraphs } = wordCampaign({
    ...wording,
    ...{ toPage, web },
    toPicture: (name) => `${parts.publicUrl}/pictures/${name}`,
    voucher: voucher === null ? null : { ...voucher, expiresAt: voucher.expiresAt ?? ctx.now() },
  });
  return {
    letter: { ...letter, subject, heading: subject, blocks, paragraphs },
    link: web,
    web: letter.button,
    card: await cardOf(ctx, campaign, { customerId, rootId }),
    ...(asked.customerId === null ? { greeted: wording.reader } : {}),
  };
}

/** What one reader's wording is made of, beside where its links lead and its voucher. */
export async function wordingFor(
  ctx: Context,
  { content }: Campaign,
  {
    customerId,
    rootId,
    language,
    formats,
  }: {
    customerId: string | null;
    rootId: string | null;
    language: string;
    formats: CampaignWording['formats'];
  },
): Promise<Omit<CampaignWording, 'toPage' | 'toPicture' | 'web' | 'voucher'>> {
  const [business, offered] = await Promise.all([getBusiness(ctx), loadOffered(ctx, content)]);
  const reader =
    customerId === null
      ? nobody(business.identity.name)
      : await loadReader(ctx, { customerId, rootId, formats });
  const words = built[nearestLanguage(business.identity.languages, language)].campaigns;
  return {
    content,
    language,
    reader,
    formats,
    currency: business.currency,
    words: blockWords(words),
    offered,
  };
}

const blockWords = (words: CampaignWords): BlockWords => ({
  ...words,
  voucher: (values) => fillIn(words.voucher, values),
  voucherUntil: (values) => fillIn(words.voucherUntil, values),
});

/** A voucher that is none, for who looks at how it will be. */
const sampleVoucher = (
  { now }: Pick<Context, 'now'>,
  { content: { voucher } }: Campaign,
): CampaignWording['voucher'] =>
  voucher === null
    ? null
    : {
        code: 'K7QX-M2PD-4TWZ',
        amountMinor: voucher.amountMinor,
        expiresAt: voucherEnd(now(), voucher.days),
      };

async function cardOf(
  ctx: Context,
  { content: { sender } }: Campaign,
  { customerId, rootId }: { customerId: string | null; rootId: string | null },
): Promise<ManagerCard | null> {
  if (sender === null) return null;
  if (sender !== BY_MANAGER) return findStaffCard(ctx, sender);
  if (customerId === null) return null;
  const { timeZone } = await getBusiness(ctx);
  return findCardOf(ctx, { customerId, accountId: rootId, timeZone });
}
