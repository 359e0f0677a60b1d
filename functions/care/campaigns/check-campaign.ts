import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Flaw, flawsOf } from './content/flaws.ts';
import { loadWorldOf } from './content/load-world.ts';
import { countAccounts } from './count-accounts.ts';
import { type Campaign, loadCampaign } from './get-campaign.ts';
import { ACCOUNTS_MIN } from './result/effect.ts';
import { type DrawnPerson, drawFrom } from './sending/draw-slice.ts';
import { listAmong, listSpread } from './sending/list-candidates.ts';

/** So many customers are looked at before an answer; of more, so many spread over all stand for the others. */
const LOOKED_MAX = 5000;
const STEP = 500;

/** What is to be looked at before a campaign goes out. */
export interface CampaignCheck {
  flaws: Flaw[];
  /** Who would be told or held back if it went out now. */
  people: number;
  /** Who of them would be told. */
  told: number;
  /** Of how many accounts somebody would be told: so many vouchers are given. */
  toldAccounts: number;
  skipped: { reason: string; people: number }[];
  /** Whether there were too many customers to look at each, so that figures are estimates. */
  isSampled: boolean;
  looked: number;
  /** So few accounts would be held back that nothing could be said. */
  tooFewHeld: boolean;
  /** Customers who would be told: the first, one of the middle and the last. */
  sample: string[];
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function checkCampaign(ctx: Context, { id }: { id: string }): Promise<CampaignCheck> {
  allow(ctx.actor, 'campaigns:read');
  const campaign = await loadCampaign(ctx, id);
  const { content } = campaign;
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'campaigns' } };
  const [world, found] = await Promise.all([loadWorldOf(ctx, content), count(system, campaign)]);
  const { skipped, heldRoots, ...counted } = found;
  return {
    ...counted,
    flaws: flawsOf(content, world),
    skipped: [...skipped]
      .map(([reason, people]) => ({ reason, people }))
      .toSorted((a, b) => b.people - a.people),
    tooFewHeld: content.controlPercent > 0 && heldRoots < ACCOUNTS_MIN,
  };
}

/** Draws as sending would, and writes nothing. */
async function count(ctx: Context, campaign: Campaign) {
  const { id, segmentId } = campaign;
  const { total, ids } = await listSpread(ctx.db, { segmentId, max: LOOKED_MAX });
  const skipped = new Map<string, number>();
  const people: DrawnPerson[] = [];
  for (let at = 0; at < ids.length; at += STEP) {
    const asked = { campaignId: id, segmentId, ids: ids.slice(at, at + STEP) };
    const slice = await drawFrom(ctx, campaign, await listAmong(ctx.db, asked));
    people.push(...slice.drawn);
    for (const [reason, more] of slice.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + more);
  }
  const scale = total / Math.max(1, ids.length);
  const ofAll = (some: number) => Math.round(some * scale);
  const told = people.filter(({ share }) => share === 'told');
  const accounts = await countAccounts(ctx, campaign, { ids, drawn: people, scale });
  return {
    ...{ people: ofAll(people.length), told: ofAll(told.length) },
    ...{ toldAccounts: accounts.told, heldRoots: accounts.held },
    skipped: new Map([...skipped].map(([reason, some]) => [reason, ofAll(some)])),
    ...{ isSampled: ids.length < total, looked: ids.length },
    sample: sampleOf(told.map(({ customerId }) => customerId)),
  };
}

function sampleOf(ids: readonly string[]): string[] {
  const places = new Set([0, Math.floor((ids.length - 1) / 2), ids.length - 1]);
  return [...places].flatMap((place) => ids[place] ?? []);
}
