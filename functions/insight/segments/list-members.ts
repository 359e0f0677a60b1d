import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import { accounts, audienceEntries } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { isOpenEntry } from '../../money/programme/audience.ts';
import { loadWorld } from './load-world.ts';
import { allowMembers } from './may-ask.ts';

const PAGE = 50;

/** A root account that is in a segment. */
export interface SegmentMember {
  accountId: string;
  /** Of a company or household; empty for somebody's own account. */
  name: string;
  enteredAt: number;
  people: { customerId: string; email: string | null; name: string | null }[];
}

export interface MembersPage {
  items: SegmentMember[];
  nextCursor: string | null;
}

const place = z.tuple([z.int(), z.string()]);

/**
 * Who is in a segment, as it was last asked; who came last first.
 * @throws {AppError} `not_found`, `validation_failed` (the cursor), `forbidden`, also where it asks what is kept from the actor
 */
export async function listMembers(
  ctx: Context,
  { id, cursor = null, limit = PAGE }: { id: string; cursor?: string | null; limit?: number },
): Promise<MembersPage> {
  allow(ctx.actor, 'segments:read');
  allow(ctx.actor, 'customers:read');
  const [beforeAt, beforeId] = cursor === null ? [Number.MAX_SAFE_INTEGER, ''] : decodeCursor(place, cursor);
  const world = await loadWorld(ctx);
  const group = world.segments.get(id);
  if (group === undefined) throw new AppError('not_found', 'There is no such segment.');
  allowMembers(ctx.actor, group, world);
  const rows = await listEntries(ctx.db, { id, beforeAt, beforeId, limit: limit + 1 });
  const items = await withPeople(ctx, rows.slice(0, limit));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last === undefined ? null : encodeCursor([last.enteredAt, last.accountId]),
  };
}

/** All of them, page by page. */
export async function* eachMember(ctx: Context, id: string): AsyncGenerator<SegmentMember[]> {
  for (let cursor: string | null = null; ; ) {
    const page: MembersPage = await listMembers(ctx, { id, cursor, limit: 500 });
    yield page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

async function withPeople(
  ctx: Context,
  rows: readonly { accountId: string; name: string; enteredAt: number }[],
): Promise<SegmentMember[]> {
  const people = await listPeople(ctx.db, { ids: JSON.stringify(rows.map(({ accountId }) => accountId)) });
  const byAccount = Map.groupBy(people, ({ rootId }) => rootId);
  return rows.map((row) => ({
    ...row,
    people: (byAccount.get(row.accountId) ?? []).map(({ rootId: _, ...person }) => person),
  }));
}

const listEntries = query((db) =>
  db
    .select({
      accountId: sql<string>`e.account_id`,
      name: sql<string>`a.name`,
      enteredAt: sql<number>`e.at`.mapWith(Number),
    })
    .from(sql`${audienceEntries} AS e JOIN ${accounts} AS a ON a.id = e.account_id`)
    .where(
      sql`e.segment_id = ${sql.placeholder('id')} AND e.at <= ${sql.placeholder('beforeAt')}
        AND (e.at < ${sql.placeholder('beforeAt')} OR e.account_id < ${sql.placeholder('beforeId')} OR ${sql.placeholder('beforeId')} = '')
        AND ${isOpenEntry}`,
    )
    .orderBy(desc(sql`e.at`), desc(sql`e.account_id`))
    .limit(sql.placeholder('limit')),
);

const listPeople = query((db) =>
  db
    .selectDistinct({
      rootId: sql<string>`r.root_id`,
      customerId: sql<string>`c.id`,
      email: sql<string | null>`c.email`,
      name: sql<string | null>`c.name`,
    })
    .from(
      sql`accounts AS r JOIN memberships AS m ON m.account_id = r.id AND m.until IS NULL
        JOIN customers AS c ON c.id = m.customer_id AND c.withdrawn_at IS NULL`,
    )
    .where(sql`r.root_id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .orderBy(sql`r.root_id`, sql`c.email IS NULL`, sql`c.email`, sql`c.id`),
);
