import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';
import { dropClosings, drops, dropWindows } from '../../../../db/schema/index.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { isInAudienceNow } from '../../../money/programme/audience.ts';
import { askedLevelNumber, type WindowFilter, windowFilter } from '../levels/number-sql.ts';
import { mailPeopleOf } from '../mail-people.ts';
import { loadLevels } from '../standing.ts';
import { findSweep, markSwept } from '../sweeps.ts';
import { tellMembers } from '../tell-members.ts';
import { readTexts } from '../texts.ts';
import { titlesOf } from './statements.ts';

const MEMBERS_A_STEP = 500;

/** Once all members were looked at, those who join or reach a level meanwhile are looked for after so long. */
const REST_MS = 10 * 60_000;

type OpenDrop = Awaited<ReturnType<typeof listOpenDrops>>[number];

/** Tells every member once, by mail, that a drop has opened to them. */
export async function announceDrops(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const open = await listOpenDrops(db, { now });
  if (open.length === 0) return 0;
  const [levels, business] = await Promise.all([loadLevels(db), getBusiness({ ...ctx, db })]);
  const asked = windowFilter(business, now);
  let told = 0;
  for (const drop of open) {
    const numbers = drop.levels.split(' ').map((key) => 1 + levels.findIndex((level) => level.key === key));
    const fromNumber = Math.min(...numbers);
    told += await tell(ctx, drop, { ...asked, fromNumber });
  }
  return told;
}

async function tell(
  ctx: Context,
  drop: OpenDrop,
  asked: WindowFilter & { fromNumber: number },
): Promise<number> {
  const { id: dropId, segmentId } = drop;
  const subject = `drop ${dropId}`;
  const params = {
    dropId,
    title: titlesOf(readTexts(drop.texts)),
    stock: drop.stock,
    closesAt: drop.closesAt,
  };
  const rested = `${subject} told`;
  /** That it opens to another level begins it anew. */
  const round = `level:${asked.fromNumber}`;
  const [last, at] = ((await findSweep(ctx.db.fresh, rested)) ?? '').split(' ');
  if (last === round && ctx.now() - Number(at) < REST_MS) return 0;
  const { told, isWhole } = await tellMembers(ctx, {
    ...{ sweep: `${subject} at`, round },
    read: async (after) => {
      const step = await listStep(ctx.db.fresh, { ...asked, subject, segmentId, now: ctx.now(), after });
      const found = step.filter(({ isMeant }) => isMeant).map(({ reader }) => ({ reader, subject }));
      return { last: step.at(-1)?.reader ?? null, found };
    },
    lettersTo: (step) =>
      mailPeopleOf(ctx, step, (customerId) => ({ template: 'drop_open', params, customerId })),
  });
  if (isWhole) await ctx.db.write([markSwept(rested, `${round} ${ctx.now()}`)]);
  return told;
}

/** Drops that have opened to somebody, with the levels they are open to. */
const listOpenDrops = query((db) =>
  db
    .select({
      id: drops.id,
      texts: drops.texts,
      stock: drops.stock,
      closesAt: drops.closesAt,
      segmentId: drops.segmentId,
      levels: sql<string>`group_concat(${dropWindows.level}, ' ')`,
    })
    .from(drops)
    .innerJoin(dropWindows, eq(dropWindows.dropId, drops.id))
    .leftJoin(dropClosings, eq(dropClosings.dropId, drops.id))
    .where(
      and(
        gt(drops.closesAt, sql.placeholder('now')),
        sql`${dropWindows.opensAt} <= ${sql.placeholder('now')}`,
        isNull(dropClosings.dropId),
      ),
    )
    .groupBy(drops.id)
    .orderBy(asc(drops.id)),
);

/**
 * The next members, and who of them is to be told: nobody twice, who has the level, and who is in the segment. `fromNumber` is that of
 * the lowest level that may claim; 1 and less for all.
 */
const listStep = query((db) =>
  db
    .select({
      reader: sql<string>`m.account_id`,
      isMeant: sql<boolean>`CASE
        WHEN EXISTS (SELECT 1 FROM notices n WHERE n.subject = ${sql.placeholder('subject')} AND n.reader = m.account_id) THEN 0
        WHEN ${sql.placeholder('fromNumber')} > 1 AND ${askedLevelNumber(sql`m.account_id`)} < ${sql.placeholder('fromNumber')} THEN 0
        ELSE ${sql.placeholder('segmentId')} IS NULL OR ${isInAudienceNow(sql`m.account_id`, sql`${sql.placeholder('segmentId')}`)} END`.mapWith(
        readFlag,
      ),
    })
    .from(
      sql`(SELECT DISTINCT x.account_id FROM club_memberships x WHERE x.account_id > ${sql.placeholder('after')}
        AND NOT EXISTS (SELECT 1 FROM club_endings e WHERE e.membership_id = x.id AND e.until <= ${sql.placeholder('now')})
        ORDER BY x.account_id LIMIT ${sql.raw(String(MEMBERS_A_STEP))}) AS m`,
    )
    .orderBy(sql`m.account_id`),
);
