import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Flaw, flawsOf } from './content/flaws.ts';
import { loadWorldOf } from './content/load-world.ts';
import { loadCampaign } from './get-campaign.ts';
import { ACCOUNTS_MIN } from './result/effect.ts';
import { drawSlice } from './sending/draw-slice.ts';

/** So many customers are looked at before an answer; of more, their share stands for all. */
const LOOKED_MAX = 5000;
const STEP = 500;

/** What is to be looked at before a campaign goes out. */
export interface CampaignCheck {
  flaws: Flaw[];
  /** Who would be told or held back if it went out now. */
  people: number;
  skipped: { reason: string; people: number }[];
  /** Whether there were too many customers to look at each. */
  isSampled: boolean;
  /** So few accounts would be held back that nothing could be said. */
  tooFewHeld: boolean;
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function checkCampaign(ctx: Context, { id }: { id: string }): Promise<CampaignCheck> {
  allow(ctx.actor, 'campaigns:read');
  const campaign = await loadCampaign(ctx, id);
  const { content } = campaign;
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'campaigns' } };
  const [world, found] = await Promise.all([loadWorldOf(ctx, content), count(system, campaign)]);
  const { people, heldRoots, skipped, isSampled } = found;
  return {
    flaws: flawsOf(content, world),
    ...{ people, isSampled },
    skipped: [...skipped]
      .map(([reason, count]) => ({ reason, people: count }))
      .toSorted((a, b) => b.people - a.people),
    tooFewHeld: content.controlPercent > 0 && !isSampled && heldRoots < ACCOUNTS_MIN,
  };
}

/** Draws as sending would, from the first customer on, and writes nothing. */
async function count(ctx: Context, campaign: Parameters<typeof drawSlice>[1]) {
  const skipped = new Map<string, number>();
  const held = new Set<string>();
  let people = 0;
  let after = '';
  for (let looked = 0; looked < LOOKED_MAX; looked += STEP) {
    const slice = await drawSlice(ctx, { ...campaign, afterCustomerId: after }, STEP);
    people += slice.drawn.length;
    for (const one of slice.drawn) if (one.share === 'held') held.add(one.rootId);
    for (const [reason, more] of slice.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + more);
    if (slice.upTo === null) return { people, heldRoots: held.size, skipped, isSampled: false };
    after = slice.upTo;
  }
  return { people, heldRoots: held.size, skipped, isSampled: true };
}
