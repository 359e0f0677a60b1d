import type { Context } from '../../ground/platform/context.ts';
import type { Campaign } from './get-campaign.ts';
import { type DrawnPerson, drawFrom } from './sending/draw-slice.ts';
import { listAmong, listPeopleOf } from './sending/list-candidates.ts';

/** Of accounts with up to so many people all are looked at. */
const PEOPLE_MAX = 50;
const STEP = 500;

/** A part of those whom a campaign might reach, spread evenly over all. */
interface Sample {
  /** Who was looked at. */
  ids: readonly string[];
  /** Who of them would be told or held back. */
  drawn: readonly DrawnPerson[];
  /** How many each stands for; 1 where everybody was looked at. */
  scale: number;
}

/**
 * How many accounts would be told, and how many held back. Of a sample, whoever shares an account counts as that part of it which
 * they are of all its people who would be drawn: else a household of three would be three. An account of many has as many people
 * as the sample makes of it.
 */
export async function countAccounts(
  ctx: Context,
  campaign: Campaign,
  sample: Sample,
): Promise<Record<DrawnPerson['share'], number>> {
  const { drawn, scale } = sample;
  const partOf = scale === 1 ? partsOfKnown(drawn) : await partsOfSampled(ctx, campaign, sample);
  const sum = (share: DrawnPerson['share']) =>
    drawn.filter((one) => one.share === share).reduce((all, one) => all + partOf(one.rootId), 0);
  return { told: Math.round(sum('told') * scale), held: Math.round(sum('held') * scale) };
}

type PartOf = (rootId: string) => number;

const partsOfKnown = (drawn: readonly DrawnPerson[]): PartOf => {
  const people = countByRoot(drawn);
  return (rootId) => 1 / (people.get(rootId) ?? 1);
};

async function partsOfSampled(
  ctx: Context,
  campaign: Campaign,
  { ids, drawn, scale }: Sample,
): Promise<PartOf> {
  const { id: campaignId, segmentId } = campaign;
  const rootIds = [...new Set(drawn.map(({ rootId }) => rootId))];
  const belonging = await listPeopleOf(ctx.db, { rootIds, max: PEOPLE_MAX });
  const looked = new Set(ids);
  const others = [...new Set(belonging.map(({ customerId }) => customerId))].filter((id) => !looked.has(id));
  const all = [...drawn];
  for (let at = 0; at < others.length; at += STEP) {
    const asked = { campaignId, segmentId, ids: others.slice(at, at + STEP) };
    all.push(...(await drawFrom(ctx, campaign, await listAmong(ctx.db, asked))).drawn);
  }
  const people = countByRoot(all);
  const known = new Set(belonging.map(({ rootId }) => rootId));
  return (rootId) => 1 / ((people.get(rootId) ?? 1) * (known.has(rootId) ? 1 : scale));
}

function countByRoot(drawn: readonly DrawnPerson[]): ReadonlyMap<string, number> {
  const people = new Map<string, number>();
  for (const { rootId } of drawn) people.set(rootId, (people.get(rootId) ?? 0) + 1);
  return people;
}
