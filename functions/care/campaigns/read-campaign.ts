import type { Formats } from '../../ground/formats/format.ts';
import type { LetterBlock } from '../../ground/outbox/letter-kind.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { loadVoucher } from '../../money/redemptions/get-voucher.ts';
import { openInvitationOf } from '../../voice/surveys/invite-reader.ts';
import { wordingFor } from './content/mail-content.ts';
import { wordCampaign } from './content/word-campaign.ts';
import { type Campaign, loadCampaign } from './get-campaign.ts';
import { findRecipient } from './queries.ts';

/** A campaign as its reader finds it on a page. */
export interface ReadCampaign {
  subject: string;
  blocks: LetterBlock[];
  /** When it was their turn. */
  at: number;
}

/**
 * The page of a campaign for the customer who is signed in, in the figures of today; there for those alone whom it told.
 * @throws {AppError} `not_found`, also for who is held back and whose mail was stopped, `unauthenticated`
 */
export async function readCampaign(
  ctx: Context,
  { id, language, formats }: { id: string; language: string; formats: Formats },
): Promise<ReadCampaign> {
  const customerId = customerIdOf(ctx);
  const { campaign, rootId, voucherCode } = await openFor(ctx, { id, customerId });
  const wording = await wordingFor(ctx, campaign, { customerId, rootId, language, formats });
  const { subject, blocks } = wordCampaign({
    ...wording,
    toPage: (path) => path,
    toPicture: (name) => `/pictures/${name}`,
    web: `/account/news/${id}`,
    voucher: voucherCode === null ? null : await voucherOf(ctx, { code: voucherCode, customerId, rootId }),
  });
  return { subject, blocks, at: campaign.startedAt ?? campaign.at };
}

/**
 * The invitation by which the reader of a campaign answers a survey that it offers: made when they ask for it, once.
 * @throws {AppError} `not_found`, `survey_not_open`, `survey_resting` for who was asked a short while ago
 */
export async function beginSurvey(
  ctx: Context,
  { id, surveyId }: { id: string; surveyId: string },
): Promise<{ invitationId: string }> {
  const customerId = customerIdOf(ctx);
  const { campaign, rootId } = await openFor(ctx, { id, customerId });
  const isOffered = campaign.content.blocks.some(
    (block) => block.kind === 'survey' && block.surveyId === surveyId,
  );
  if (!isOffered) throw new AppError('not_found', 'There is no such survey.');
  return openInvitationOf(ctx, { surveyId, customerId, rootId, occasion: `campaign ${id}` });
}

async function openFor(
  ctx: Context,
  { id, customerId }: { id: string; customerId: string },
): Promise<{ campaign: Campaign; rootId: string; voucherCode: string | null }> {
  const recipient = await findRecipient(ctx.db, { id, customerId });
  if (recipient === null) throw new AppError('not_found', 'There is no such message.');
  const campaign = await loadCampaign(ctx, id);
  return { campaign, rootId: recipient.rootId, voucherCode: recipient.voucherCode };
}

async function voucherOf(
  ctx: Context,
  { code, customerId, rootId }: { code: string; customerId: string; rootId: string },
) {
  const [voucher, places] = await Promise.all([loadVoucher(ctx, code), listPlaces(ctx.db, customerId)]);
  const mayRedeem = places.some((place) => place.rootId === rootId && place.mayRedeem);
  const { amountMinor, expiresAt } = voucher;
  return { code: mayRedeem ? code : null, amountMinor, expiresAt: expiresAt ?? ctx.now() };
}
