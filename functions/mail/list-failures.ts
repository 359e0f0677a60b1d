import { asc, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { customers, outbox } from '../../db/schema/index.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import type { MailFailure } from './types.ts';

const LISTED_MAX = 50;
const COUNTED_MAX = 1000;

const isFailed = sql`${outbox.failedAt} IS NOT NULL AND ${outbox.withheldAt} IS NULL`;

const listFailed = query((db) =>
  db
    .select({
      id: outbox.id,
      template: outbox.template,
      customerId: outbox.customerId,
      email: sql<string | null>`coalesce(${outbox.address}, ${customers.email})`.mapWith(String),
      createdAt: outbox.createdAt,
      failedAt: sql<number>`${outbox.failedAt}`.mapWith(Number),
      failure: sql<string>`coalesce(${outbox.failure}, '')`.mapWith(String),
      tries: outbox.tries,
    })
    .from(outbox)
    .leftJoin(customers, eq(customers.id, outbox.customerId))
    .where(isFailed)
    .orderBy(asc(outbox.failedAt))
    .limit(sql.placeholder('limit')),
);

const countFailed = query((db) =>
  db
    .select({
      rows: sql<number>`(SELECT count(*) FROM (SELECT 1 FROM outbox WHERE failed_at IS NOT NULL
        AND withheld_at IS NULL LIMIT ${sql.raw(String(COUNTED_MAX))}))`.mapWith(Number),
    })
    .from(sql`(SELECT 1)`),
);

/** Mail that a person has to decide about, oldest first, at most 50. @throws {AppError} `forbidden` */
export async function listFailures(ctx: Context): Promise<MailFailure[]> {
  allow(ctx.actor, 'customers:read');
  return listFailed(ctx.db, { limit: LISTED_MAX });
}

/** How many there are, at most 1,000. */
export async function countFailures({ db }: Pick<Context, 'db'>): Promise<number> {
  const [counted] = await countFailed(db);
  return counted?.rows ?? 0;
}
