import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listPremium } from '../../../insight/facts/list-premium.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listVerdicts } from '../../../people/preferences/may-tell.ts';
import type { Campaign } from '../get-campaign.ts';
import { isHeldBack } from './draw.ts';
import { type CampaignCandidate, listCandidates } from './list-candidates.ts';

/** Somebody who could be told. */
export interface DrawnPerson {
  customerId: string;
  rootId: string;
  share: 'told' | 'held';
}

/** What is to become of the next customers. */
export interface DrawnSlice {
  drawn: DrawnPerson[];
  /** How many could not be told, by the reason. */
  skipped: ReadonlyMap<string, number>;
  /** The business day of the draw. */
  day: string;
  /** Up to whom this looked; null when there is nobody left. */
  upTo: string | null;
}

/**
 * Looks at the next customers of a campaign: who of them is meant, who may be told now, and who of these is held back. The share
 * is drawn from those alone who could be told, and by account.
 */
export async function drawSlice(ctx: Context, campaign: Campaign, limit: number): Promise<DrawnSlice> {
  const { id, segmentId, afterCustomerId, content } = campaign;
  const db = ctx.db.fresh;
  const [{ timeZone }, candidates] = await Promise.all([
    getBusiness({ ...ctx, db }),
    listCandidates(db, { campaignId: id, segmentId, after: afterCustomerId, limit }),
  ]);
  const meant = candidates.flatMap(({ id: customerId, rootId }) =>
    rootId === null ? [] : [{ customerId, rootId }],
  );
  const reasons = await listReasons(ctx, campaign, meant);
  const skipped = new Map<string, number>();
  const drawn: DrawnPerson[] = [];
  for (const one of meant) {
    const reason = reasons.get(one.customerId);
    if (reason !== undefined) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    else {
      const asked = { campaignId: id, rootId: one.rootId, percent: content.controlPercent };
      drawn.push({ ...one, share: isHeldBack(ctx.config.secret, asked) ? 'held' : 'told' });
    }
  }
  return { drawn, skipped, day: dayOf(ctx.now(), timeZone), upTo: lastOf(candidates) };
}

const lastOf = (candidates: readonly CampaignCandidate[]) => candidates.at(-1)?.id ?? null;

/** Why some of them cannot be told now, by customer. */
async function listReasons(
  ctx: Context,
  { content: { kind } }: Campaign,
  meant: readonly { customerId: string; rootId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const topic = kind === 'service' ? 'service' : 'news';
  const [verdicts, premium] = await Promise.all([
    listVerdicts(
      { ...ctx, db: ctx.db.fresh },
      meant.map(({ customerId }) => customerId),
      { topic, channel: 'mail' },
    ),
    kind === 'sales' ? listPremium(ctx, [...new Set(meant.map(({ rootId }) => rootId))]) : new Set<string>(),
  ]);
  const reasons = new Map<string, string>();
  for (const { customerId, rootId } of meant) {
    const verdict = verdicts.get(customerId);
    if (verdict?.may === false) reasons.set(customerId, verdict.because);
    else if (premium.has(rootId)) reasons.set(customerId, 'premium');
  }
  return reasons;
}
