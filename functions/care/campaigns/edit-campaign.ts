import { unchanged } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { assertAudience } from '../../money/programme/audience.ts';
import { listAssignable } from '../../people/managers/list-assignable.ts';
import { actOnCampaign, writeAct } from './act-on-campaign.ts';
import {
  BY_MANAGER,
  type CampaignContent,
  type CampaignContentInput,
  campaignContent,
} from './content/content.ts';
import { type Campaign, getCampaign } from './get-campaign.ts';

/**
 * Begins a campaign, as a draft. `id` makes the same form sent twice one campaign.
 * @throws {AppError} `validation_failed`, `forbidden`
 */
export async function createCampaign<Answer>(
  ctx: Context,
  typed: CampaignContentInput,
  { alongside, answerOf }: Alongside<Answer> & { answerOf?: (campaign: Campaign) => Answer } = {},
): Promise<Campaign> {
  allow(ctx.actor, 'campaigns:write');
  const content = await readContent(ctx, typed);
  const draft: Campaign = {
    id: newId(),
    ...{ name: content.name, state: 'draft', actSeq: 0, contentSeq: 0, segmentId: content.segmentId },
    ...{ sendAt: null, startedAt: null, drawnAt: null, endedAt: null, afterCustomerId: '' },
    content,
    at: ctx.now(),
    actor: actorName(ctx.actor),
  };
  return writeAct(ctx, draft, {
    kind: 'saved',
    content,
    audit: 'campaign.created',
    beside: (after) => (answerOf === undefined ? [] : (alongside?.(answerOf(after), 201) ?? [])),
  });
}

/** The same words again, as a new draft. @throws {AppError} `not_found`, `forbidden` */
export async function copyCampaign(
  ctx: Context,
  { id, name }: { id: string; name: string },
): Promise<Campaign> {
  const { content } = await getCampaign(ctx, { id });
  return createCampaign(ctx, JSON.parse(exactJson({ ...content, name: name.slice(0, 120) })));
}

/**
 * Says anew what a draft says. `seq` is the act that whoever writes has seen: of two who write at once, one looks again.
 * @throws {AppError} `campaign_moved` when it was changed since, or is no draft; `validation_failed`, `not_found`, `forbidden`
 */
export async function saveCampaign(
  ctx: Context,
  { id, seq, content: typed }: { id: string; seq: number; content: CampaignContentInput },
): Promise<Campaign> {
  allow(ctx.actor, 'campaigns:write');
  const content = await readContent(ctx, typed);
  return actOnCampaign(ctx, id, (campaign) => {
    assertDraft(campaign);
    if (exactJson(campaign.content) === exactJson(content)) return unchanged;
    if (campaign.actSeq !== seq) throw moved();
    return { kind: 'saved', content, audit: 'campaign.saved' };
  });
}

export function assertDraft({ state }: Pick<Campaign, 'state'>): void {
  if (state !== 'draft') throw new AppError('campaign_moved', 'The campaign is no draft any more.');
}

export const moved = () =>
  new AppError('campaign_moved', 'The campaign was changed meanwhile; look at it again.');

async function readContent(ctx: Context, typed: CampaignContentInput): Promise<CampaignContent> {
  const content = parseInput(campaignContent, typed);
  const { segmentId, sender } = content;
  await assertAudience(ctx, segmentId);
  if (sender !== null && sender !== BY_MANAGER) {
    const team = await listAssignable({ ...ctx, actor: { kind: 'system', name: 'campaigns' } });
    if (team.every(({ id }) => id !== sender))
      refuseFields([{ path: 'sender', code: 'unknown', message: 'is nobody who works here' }]);
  }
  if (content.voucher === null) return content;
  const { currency } = await getBusiness(ctx);
  return { ...content, voucher: { ...content.voucher, currency } };
}
