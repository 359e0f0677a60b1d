import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { ListedMember } from './answer.ts';
import { askedLevelNumber, windowFilter } from './levels/number-sql.ts';
import { loadLevels } from './standing.ts';

const MEMBERS_A_PAGE = 50;

const listOpen = query((db) =>
  db
    .select({
      id: sql<string>`m.id`,
      accountId: sql<string>`m.account_id`,
      since: sql<number>`m.since`.mapWith(Number),
      how: sql<ListedMember['how']>`m.how`,
      name: sql<string | null>`CASE a.kind WHEN 'personal' THEN c.name ELSE a.name END`,
      email: sql<string | null>`c.email`,
      customerId: sql<
        string | null
      >`coalesce(c.id, (SELECT min(customer_id) FROM memberships WHERE account_id = a.id))`,
      number: askedLevelNumber(sql`m.account_id`),
    })
    .from(sql`club_memberships m`)
    .innerJoin(sql`accounts a`, sql`a.id = m.account_id`)
    .leftJoin(sql`customers c`, sql`c.id = a.owner_id`)
    .where(
      sql`m.id > ${sql.placeholder('after')} AND m.id NOT IN (SELECT membership_id FROM club_endings
        WHERE account_id = m.account_id)`,
    )
    .orderBy(sql`m.id`)
    .limit(MEMBERS_A_PAGE + 1),
);

/** Who is in the club, in the order in which they came in. @throws {AppError} `validation_failed` for a wrong cursor */
export async function listMembers(
  ctx: Context,
  { cursor = null }: { cursor?: string | null } = {},
): Promise<{ items: ListedMember[]; nextCursor: string | null }> {
  allow(ctx.actor, 'customers:read');
  const after = cursor === null ? '' : decodeCursor(z.tuple([z.string().max(100)]), cursor)[0];
  const asked = windowFilter(await getBusiness(ctx), ctx.now());
  const [rows, levels] = await Promise.all([listOpen(ctx.db, { after, ...asked }), loadLevels(ctx.db)]);
  const page = rows.slice(0, MEMBERS_A_PAGE);
  const last = page.at(-1);
  return {
    items: page.map(({ accountId, since, how, name, email, customerId, number }) => ({
      accountId,
      customerId,
      name,
      email,
      since: instantText(since),
      how,
      level: levels[number - 1]?.key ?? null,
    })),
    nextCursor: rows.length > MEMBERS_A_PAGE && last !== undefined ? encodeCursor([last.id]) : null,
  };
}
