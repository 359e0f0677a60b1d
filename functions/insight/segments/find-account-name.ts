import { sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

const findName = queryOne((db) =>
  db
    .select({
      name: sql<string>`coalesce(nullif(a.name, ''), (SELECT coalesce(c.name, c.email) FROM customers AS c WHERE c.id = a.owner_id), '')`,
    })
    .from(sql`accounts AS a`)
    .where(sql`a.id = ${sql.placeholder('accountId')} AND a.id = a.root_id`),
);

/** What a root account is called: a company or household, or its owner; null for none. @throws {AppError} `forbidden` */
export async function findAccountName(ctx: Context, asked: { accountId: string }): Promise<string | null> {
  allow(ctx.actor, 'customers:read');
  return (await findName(ctx.db, asked))?.name ?? null;
}
