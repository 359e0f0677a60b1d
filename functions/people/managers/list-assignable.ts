import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Somebody who may have customers, as the team calls them. */
export interface Assignable {
  id: string;
  name: string;
}

/** Everybody who works here and does more than read. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listAssignable(ctx: Context): Promise<Assignable[]> {
  allow(ctx.actor, 'customers:read');
  return listMembers(ctx.db);
}

const listMembers = query((db) =>
  db
    .select({ id: sql<string>`s.id`, name: sql<string>`coalesce(s.name, p.name, s.email)` })
    .from(sql`staff AS s LEFT JOIN staff_profiles AS p ON p.staff_id = s.id`)
    .where(sql`s.disabled_at IS NULL AND s.role <> 'analyst'`)
    .orderBy(sql`coalesce(s.name, p.name, s.email)`),
);
