import { type SQL, sql } from 'drizzle-orm';
import { ask, toStatement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { withMergedInto } from '../../money/accounts/survivors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { isAnyToCome } from '../facts/fields/purchases.ts';
import { type AskedBase, type CompiledSegment, compileSegment, type SegmentWorld } from './compile.ts';
import type { SegmentGroup } from './definition.ts';

/** What is asked beside the question: the moment, and whom; everybody as of now, unless told. */
export interface SegmentQuestion {
  /** Orders placed later do not exist yet. */
  at?: number | null;
  /** Root accounts. */
  ids?: readonly string[] | null;
}

/** What all fields of one question are asked with. */
export async function openBase(
  ctx: Context,
  { at = null, ids = null }: SegmentQuestion = {},
  db: Store = ctx.db,
): Promise<AskedBase> {
  const { currency, timeZone } = await getBusiness(ctx);
  const now = at ?? ctx.now();
  const today = dayOf(now, timeZone);
  const list = sql`${JSON.stringify(ids ?? [])}`;
  return {
    ctx: { db, now: ctx.now, cache: ctx.cache, defaults: ctx.defaults },
    ...{ now, until: at, currency, timeZone, today },
    isAnyToCome: await isAnyToCome(db, { today, timeZone }),
    among: (column) => (ids === null ? sql`1` : sql`${column} IN (SELECT value FROM json_each(${list}))`),
    amongMerged: (column) => (ids === null ? sql`1` : sql`${column} IN ${withMergedInto(list)}`),
  };
}

/** What stands behind FROM and behind WHERE: root accounts in use that fit, `f.account_id` being the id of each. */
export interface FittingSql {
  from: SQL;
  where: SQL;
}

/** Root accounts in use are those that facts are known of; the rows of others go with the next count of them. */
export function fitting({ condition, needsAccount, among }: CompiledSegment, base: AskedBase): FittingSql {
  const account = needsAccount ? sql` CROSS JOIN accounts AS a ON a.id = f.account_id` : sql``;
  const facts =
    among === undefined
      ? sql`account_facts AS f`
      : sql`(${among.ids}) AS o CROSS JOIN account_facts AS f ON f.account_id = o.root_id`;
  return {
    from: sql`${facts}${account}`,
    where: sql`${base.among(sql`f.account_id`)} AND ${among?.rest ?? condition}`,
  };
}

/** A definition that was checked as one statement about everybody, or whom the question is about. */
export async function fittingOf(
  group: SegmentGroup,
  world: SegmentWorld,
  base: AskedBase,
): Promise<FittingSql> {
  return fitting(await compileSegment(group, world, base), base);
}

/** How many root accounts fit. */
export async function countFitting(db: Store, { from, where }: FittingSql): Promise<number> {
  const [row] = await db.read(toStatement(sql`SELECT count(*) FROM ${from} WHERE ${where}`));
  return Number(row?.[0] ?? 0);
}

/** The ids of those that fit, by id. */
export async function listFitting(
  db: Store,
  { from, where }: FittingSql,
  { after = '', limit }: { after?: string; limit: number },
): Promise<string[]> {
  const rows = await ask(db, (query) =>
    query
      .select({ id: sql<string>`f.account_id` })
      .from(from)
      .where(sql`f.account_id > ${after} AND ${where}`)
      .orderBy(sql`f.account_id`)
      .limit(limit),
  );
  return rows.map(({ id }) => id);
}
