import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { dropClosings, drops, dropWindows } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { tellEach } from '../../../ground/outbox/tell-each.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { isInAudienceNow } from '../../../money/programme/audience.ts';
import { askedLevelNumber, type WindowFilter, windowFilter } from '../levels/number-sql.ts';
import { mailPeopleOf } from '../mail-people.ts';
import { loadLevels } from '../standing.ts';
import { readTexts } from '../texts.ts';
import { titlesOf } from './statements.ts';

const ACCOUNTS_PER_STEP = 200;

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
    const filter = { dropId: drop.id, now, ...asked, fromNumber, segmentId: drop.segmentId };
    told += await tell(ctx, drop, (after) => listUntold(db, { ...filter, after }));
  }
  return told;
}

async function tell(
  ctx: Context,
  drop: Awaited<ReturnType<typeof listOpenDrops>>[number],
  find: (after: string) => ReturnType<typeof listUntold>,
): Promise<number> {
  const params = {
    dropId: drop.id,
    title: titlesOf(readTexts(drop.texts)),
    stock: drop.stock,
    closesAt: drop.closesAt,
  };
  const { told } = await tellEach(ctx, {
    list: find,
    lettersTo: (step) =>
      mailPeopleOf(ctx, step, (customerId) => ({ template: 'drop_open', params, customerId })),
  });
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

const untold = query((db) =>
  db
    .selectDistinct({
      reader: sql<string>`m.account_id`,
      subject: sql<string>`'drop ' || ${sql.placeholder('dropId')}`,
    })
    .from(sql`club_memberships m`)
    .where(
      sql`m.account_id > ${sql.placeholder('after')}
        AND NOT EXISTS (SELECT 1 FROM club_endings e WHERE e.membership_id = m.id AND e.until <= ${sql.placeholder('now')})
        AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.subject = 'drop ' || ${sql.placeholder('dropId')}
          AND n.reader = m.account_id)
        AND (${sql.placeholder('fromNumber')} <= 1 OR ${askedLevelNumber(sql`m.account_id`)} >= ${sql.placeholder('fromNumber')})
        AND (${sql.placeholder('segmentId')} IS NULL OR ${isInAudienceNow(sql`m.account_id`, sql`${sql.placeholder('segmentId')}`)})`,
    )
    .orderBy(sql`m.account_id`)
    .limit(ACCOUNTS_PER_STEP),
);

interface Untold extends WindowFilter {
  dropId: string;
  now: number;
  /** Of the lowest level that may claim; 1 and less for all. */
  fromNumber: number;
  segmentId: string | null;
  after: string;
}
const listUntold = (db: Store, filter: Untold) => untold(db, { ...filter });
