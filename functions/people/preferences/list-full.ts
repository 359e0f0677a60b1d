import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { subjects, type TopicByChannel } from '../../ground/outbox/topics.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { MONTH_MS, WEEK_MS } from './load-known.ts';
import { weeklyLimit } from './policies.ts';
import { countOfSubject, countReached, whoWasReached } from './unasked.ts';

const ROWS_MAX = 200;

/** A limit of somebody that is reached: what came, and what may. */
export interface FullLimit {
  customerId: string;
  name: string | null;
  /** Null for the limit of a week over everything; else what is limited within thirty days. */
  subject: TopicByChannel | null;
  reached: number;
  most: number;
  /** Whether the customer set the limit, not the business. */
  isOwn: boolean;
}

/**
 * Who has heard as much as they may, of all limits that are reached now, the furthest beyond first; at most 200. Whoever wants
 * nothing and heard nothing is none of them. @throws {AppError} `forbidden`, `scope_missing`
 */
export async function listFull(ctx: Context): Promise<{ items: FullLimit[]; isCut: boolean }> {
  allow(ctx.actor, 'customers:read');
  const standard = policyOf(await getBusiness(ctx), weeklyLimit);
  const limited = await ask(ctx.db, (query) =>
    query
      .selectDistinct({ topic: sql<string>`p.topic`, channel: sql<string>`p.channel` })
      .from(sql`preferences AS p`)
      .where(sql`p.month_max IS NOT NULL`),
  );
  const asked = subjects.filter((one) =>
    limited.some(({ topic, channel }) => topic === one.topic && channel === one.channel),
  );
  const found = await Promise.all([
    listWeek(ctx, standard),
    ...asked.map((subject) => listMonth(ctx, subject)),
  ]);
  const items = found.flat().toSorted((a, b) => b.reached - b.most - (a.reached - a.most));
  return { items: items.slice(0, ROWS_MAX), isCut: items.length > ROWS_MAX };
}

const customerId = sql`c.id`;

async function listWeek(ctx: Context, standard: number): Promise<FullLimit[]> {
  const since = sql`${ctx.now() - WEEK_MS}`;
  const reached = countReached(ctx.house.unasked, { customerId, since });
  const own = sql`(SELECT g.week_max FROM general_preferences AS g WHERE g.id = (SELECT max(id) FROM general_preferences
    WHERE customer_id = c.id))`;
  const rows = await listBeyond(ctx, { since, reached, own, most: sql`coalesce(x.own, ${standard})` });
  return rows.map(({ own: said, ...row }) => ({ ...row, subject: null, isOwn: said !== null }));
}

async function listMonth(ctx: Context, subject: TopicByChannel): Promise<FullLimit[]> {
  const since = sql`${ctx.now() - MONTH_MS}`;
  const reached = countOfSubject(ctx.house.unasked, { ...subject, customerId, since });
  const own = sql`(SELECT p.month_max FROM preferences AS p WHERE p.id = (SELECT max(id) FROM preferences
    WHERE customer_id = c.id AND topic = ${subject.topic} AND channel = ${subject.channel}))`;
  const rows = await listBeyond(ctx, { since, reached, own, most: sql`x.own` });
  return rows.map(({ own: _said, ...row }) => ({ ...row, subject, isOwn: true }));
}

/** Among those whom anything reached: nobody else can have heard too much. */
function listBeyond(
  { db, house }: Context,
  { since, reached, own, most }: { since: SQL; reached: SQL; own: SQL; most: SQL },
) {
  return ask(db, (query) =>
    query
      .select({
        customerId: sql<string>`x.id`,
        name: sql<string | null>`x.name`,
        reached: sql<number>`x.reached`.mapWith(Number),
        most: sql<number>`${most}`.mapWith(Number),
        own: sql<number | null>`x.own`.mapWith(Number),
      })
      .from(
        sql`(SELECT c.id, coalesce(c.name, c.email) AS name, (${reached}) AS reached, ${own} AS own
          FROM (${whoWasReached(house.unasked, since)}) AS r CROSS JOIN customers AS c ON c.id = r.customer_id
          WHERE c.withdrawn_at IS NULL AND c.closed_at IS NULL) AS x`,
      )
      .where(sql`x.reached > 0 AND x.reached >= ${most}`)
      .orderBy(sql`x.reached - ${most} DESC, x.id`)
      .limit(ROWS_MAX + 1),
  );
}
