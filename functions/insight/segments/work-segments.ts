import { sql } from 'drizzle-orm';
import { ask, query } from '../../../db/query.ts';
import { segmentAskings } from '../../../db/schema/index.ts';
import { followChanges, stopFollowing } from '../../ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../ground/feed/follower.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf, SaidFailure } from '../../ground/platform/reason-of.ts';
import { currentRoot } from '../../money/accounts/survivors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type AskedSegment, askEverybody, askSome } from './ask-segment.ts';
import { rulesOf } from './definition.ts';
import { areFactsReady, findCounted, freshenFacts } from './facts-ready.ts';
import { forgetFailures, hasToWait, listFailures, noteFailure } from './failures.ts';
import { type LoadedWorld, loadWorld } from './load-world.ts';
import { allNamed } from './references.ts';

/** Whatever happens with an account may move it into a segment or out of one. */
export const segmentsFollower: Follower = { name: 'segments', start: 'end', step: 200, stepsMax: 40 };

const STEPS_MAX = 2000;

/**
 * Asks the segments again of those accounts with which something happened, once that is counted. While facts are being counted
 * anew nobody is asked, since everybody would seem to leave.
 */
export async function followSegments(ctx: Context): Promise<void> {
  const world = await loadWorld(ctx, ctx.db.fresh);
  if (world.segments.size === 0) return stopFollowing(ctx, segmentsFollower);
  await freshenFacts(ctx);
  const upTo = await findCounted(ctx);
  if (upTo !== null)
    await followChanges(ctx, segmentsFollower, (changes) => askTouched(ctx, world, changes), { upTo });
}

/** Asks everybody: once a business day, and whenever a segment says something else. */
export async function askAnew(ctx: Context): Promise<void> {
  const world = await loadWorld(ctx, ctx.db.fresh);
  const { due, waiting, over } = await listDue(ctx, world);
  await forgetFailures(ctx, over);
  const failing = waiting.map(({ segmentId, reason }) => `${segmentId}: ${reason}`);
  if (due.length > 0) await freshenFacts(ctx);
  if (due.length > 0 && (await areFactsReady(ctx, segmentsFollower))) {
    for (const { segment, terms } of due) {
      if (ctx.isEnding?.() === true) return;
      const asked = await apart(ctx, { id: segment.id, termsOf: () => terms }, () =>
        askEverybody(ctx, segment, { world, terms, stepsMax: STEPS_MAX }),
      );
      if (asked.failure !== null) failing.push(`${segment.id}: ${asked.failure}`);
      else if (!asked.output.isWhole) return;
    }
  }
  if (failing.length > 0) throw new SaidFailure(failing.join(', '));
}

/** Whether {@link askAnew} has anything to do. */
export async function isAskingDue(ctx: Context): Promise<boolean> {
  const { due, over } = await listDue(ctx, await loadWorld(ctx));
  return due.length > 0 || over.length > 0;
}

/** Asks one segment under the terms of now, as far as the steps reach. @returns whether to its end */
export async function askWholly(
  ctx: Context,
  id: string,
  stepsMax = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const asking = await openAsking(ctx, id);
  return asking !== null && (await askEverybody(ctx, asking.segment, { ...asking, stepsMax })).isWhole;
}

/** The same, where a failure is told by the job and on the segment's page. */
export async function askApart(ctx: Context, id: string, stepsMax: number): Promise<void> {
  const asking = await openAsking(ctx, id);
  if (asking === null) return;
  const { segment, terms } = asking;
  await apart(ctx, { id, termsOf: () => terms }, () => askEverybody(ctx, segment, { ...asking, stepsMax }));
}

/** Null where there is no such segment, or facts are not ready. */
async function openAsking(ctx: Context, id: string) {
  const world = await loadWorld(ctx, ctx.db.fresh);
  const segment = toAsk(world).find((one) => one.id === id);
  if (segment === undefined || !(await areFactsReady(ctx, segmentsFollower))) return null;
  return { world, segment, terms: (await termsIn(ctx, world))(segment) };
}

/** Segments there are, and those there were: whoever is in one of these leaves it. */
function toAsk({ kept }: LoadedWorld): AskedSegment[] {
  return [
    ...[...kept.segments.values()].map(({ id, group }) => ({ id, group })),
    ...[...kept.removed.keys()].map((id) => ({ id, group: null })),
  ];
}

async function askTouched(ctx: Context, world: LoadedWorld, changes: readonly Change[]): Promise<undefined> {
  const ids = await listTouched(ctx, [...new Set(changes.map(({ accountId }) => accountId))]);
  const failures = await listFailures(ctx.db.fresh);
  for (const [id, group] of world.segments) {
    // One that failed is asked of everybody when its turn comes.
    if (failures.some(({ segmentId }) => segmentId === id)) continue;
    const termsOf = async () => (await termsIn(ctx, world))({ id, group });
    await apart(ctx, { id, termsOf }, () => askSome(ctx, { id, group }, { world, ids }));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

type Apart<Output> = { failure: null; output: Output } | { failure: string };

/** One segment that cannot be asked does not keep the others from it. */
async function apart<Output>(
  ctx: Context,
  { id, termsOf }: { id: string; termsOf: () => Promise<string> | string },
  work: () => Promise<Output>,
): Promise<Apart<Output>> {
  try {
    return { failure: null, output: await work() };
  } catch (error) {
    await noteFailure(ctx, { segmentId: id, terms: await termsOf(), error });
    return { failure: reasonOf(error) };
  }
}

/** With who recommended us to them, and who they went into: what happened may be news of these. */
async function listTouched(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const root = (column: string) => sql.raw(currentRoot(column));
  const rows = await ask(ctx.db.fresh, (db) =>
    db.select({ id: sql<string>`id` }).from(
      sql`(WITH named (id) AS (SELECT value FROM json_each(${JSON.stringify(ids)})),
          told (id) AS (SELECT id FROM named UNION
            SELECT r.referrer_root_id FROM named CROSS JOIN referrals AS r ON r.friend_root_id = named.id)
        SELECT id FROM told UNION SELECT ${root('told.id')} FROM told) AS touched`,
    ),
  );
  return rows.map(({ id }) => id);
}

const listAskings = query((db) => db.select().from(segmentAskings));

/**
 * Segments of which not everybody was asked under the terms of now: those that are to be now, and those that failed and wait.
 * `over` names segments that failed and were asked since.
 */
async function listDue(ctx: Context, world: LoadedWorld) {
  const [askings, failures, terms] = await Promise.all([
    listAskings(ctx.db.fresh),
    listFailures(ctx.db.fresh),
    termsIn(ctx, world),
  ]);
  const asked = new Map(askings.map(({ segmentId, terms: under }) => [segmentId, under]));
  const failed = new Map(failures.map((failure) => [failure.segmentId, failure]));
  const open = toAsk(world)
    .map((segment) => ({ segment, terms: terms(segment), failure: failed.get(segment.id) }))
    .filter(({ segment, terms: now }) => asked.get(segment.id) !== now);
  const waits = ({ terms: under, failure }: (typeof open)[number]) =>
    hasToWait(failure, { terms: under, now: ctx.now() });
  return {
    due: open.filter((one) => !waits(one)),
    waiting: open.filter(waits).flatMap(({ failure }) => failure ?? []),
    over: failures
      .filter(({ segmentId }) => open.every(({ segment }) => segment.id !== segmentId))
      .map(({ segmentId }) => segmentId),
  };
}

/**
 * What everybody is asked under: the business day and zone, what the segment and those that it names say, and what their
 * fields follow beside. One that was removed is asked once.
 */
async function termsIn(ctx: Context, { kept, segments, fields }: LoadedWorld) {
  const db = ctx.db.fresh;
  const { timeZone, currency } = await getBusiness({ ...ctx, db });
  const stamps = new Map<string, string>();
  for (const { name, stamp } of fields.values())
    if (stamp !== undefined) stamps.set(name, await stamp({ ...ctx, db }));
  return ({ id, group }: AskedSegment) => {
    if (group === null) return `removed ${kept.removed.get(id) ?? 0}`;
    const named = [...allNamed(group, segments)].sort();
    const groups = [group, ...named.flatMap((one) => segments.get(one) ?? [])];
    const asked = new Set(groups.flatMap((one) => rulesOf(one).map(({ rule }) => rule.field)));
    const followed = [...asked].sort().flatMap((name) => stamps.get(name) ?? []);
    const revisions = [id, ...named].map((one) => kept.segments.get(one)?.revision ?? 0);
    return [dayOf(ctx.now(), timeZone), timeZone, currency ?? '', ...revisions, ...followed].join(' ');
  };
}
