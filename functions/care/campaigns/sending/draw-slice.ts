import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assert } from '../../../ground/platform/errors.ts';
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

/** What is to become of some customers. */
export interface DrawnPeople {
  drawn: DrawnPerson[];
  /** How many could not be told, by the reason. */
  skipped: ReadonlyMap<string, number>;
}

/** What is to become of the next customers. */
export interface DrawnSlice extends DrawnPeople {
  /** The business day of the draw. */
  day: string;
  /** Up to whom this looked; null when there is nobody left. */
  upTo: string | null;
  /** Whether this looked at as many as it may, so that there may be more. */
  isFull: boolean;
}

/** Looks at the next customers of a campaign and draws who of them is told. */
export async function drawSlice(ctx: Context, campaign: Campaign, limit: number): Promise<DrawnSlice> {
  const { id, segmentId, afterCustomerId } = campaign;
  const db = ctx.db.fresh;
  const [{ timeZone }, candidates] = await Promise.all([
    getBusiness({ ...ctx, db }),
    listCandidates(db, { campaignId: id, segmentId, after: afterCustomerId, limit }),
  ]);
  const drawn = await drawFrom(ctx, campaign, candidates);
  return {
    ...drawn,
    day: dayOf(ctx.now(), timeZone),
    upTo: candidates.at(-1)?.id ?? null,
    isFull: candidates.length === limit,
  };
}

/**
 * Who of some customers is meant, who of these may be told now, and who of them is held back. The share is drawn by account from
 * those alone who could be told; whoever belongs to an account that is held back is held back with it, so that it hears nothing
 * from its own people.
 */
export async function drawFrom(
  ctx: Context,
  campaign: Campaign,
  candidates: readonly CampaignCandidate[],
): Promise<DrawnPeople> {
  const meant = candidates.filter(({ roots }) => roots.length > 0);
  const reasons = await listReasons(ctx, campaign, meant);
  const skipped = new Map<string, number>();
  const drawn: DrawnPerson[] = [];
  for (const one of meant) {
    const reason = reasons.get(one.id);
    if (reason === undefined) drawn.push(drawOne(ctx, campaign, one));
    else skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  }
  return { drawn, skipped };
}

function drawOne(
  { config }: Pick<Context, 'config'>,
  { id, content }: Campaign,
  { id: customerId, roots }: CampaignCandidate,
): DrawnPerson {
  const asked = { campaignId: id, percent: content.controlPercent };
  const held = roots.find((rootId) => isHeldBack(config.secret, { ...asked, rootId }));
  const [first] = roots;
  assert(first !== undefined, 'who is meant has an account');
  return held === undefined
    ? { customerId, rootId: first, share: 'told' }
    : { customerId, rootId: held, share: 'held' };
}

/** Why some of them cannot be told now, by customer. */
async function listReasons(
  ctx: Context,
  { content: { kind } }: Campaign,
  meant: readonly CampaignCandidate[],
): Promise<ReadonlyMap<string, string>> {
  const topic = kind === 'service' ? 'service' : 'news';
  const sale = kind === 'sales' ? { premium: await listPremiumAmong(ctx, meant) } : {};
  const ids = meant.map(({ id }) => id);
  const verdicts = await listVerdicts({ ...ctx, db: ctx.db.fresh }, ids, { topic, channel: 'mail', ...sale });
  const reasons = new Map<string, string>();
  for (const [id, verdict] of verdicts) if (!verdict.may) reasons.set(id, verdict.because);
  return reasons;
}

/** Who of some customers has an account of the group `premium`. */
async function listPremiumAmong(ctx: Context, meant: readonly CampaignCandidate[]): Promise<Set<string>> {
  const premium = await listPremium(ctx, [...new Set(meant.flatMap(({ allRoots }) => allRoots))]);
  const among = meant.filter(({ allRoots }) => allRoots.some((rootId) => premium.has(rootId)));
  return new Set(among.map(({ id }) => id));
}
