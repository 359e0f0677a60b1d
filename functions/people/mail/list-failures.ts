import { asc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers, outbox } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { MailFailure } from './types.ts';

const LISTED_MAX = 50;

/** What a person has to decide about. */
export const failedRows = 'SELECT 1 FROM outbox WHERE failed_at IS NOT NULL AND withheld_at IS NULL';

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

/** Mail that a person has to decide about, oldest first, at most 50. @throws {AppError} `forbidden` */
export async function listFailures(ctx: Context): Promise<MailFailure[]> {
  allow(ctx.actor, 'customers:read');
  return listFailed(ctx.db, { limit: LISTED_MAX });
}
