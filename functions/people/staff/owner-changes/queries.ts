import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query, queryOne } from '../../../../db/query.ts';
import { ownerChanges, staff } from '../../../../db/schema/index.ts';

const asker = alias(staff, 'asker');

const columns = {
  id: ownerChanges.id,
  staffId: ownerChanges.staffId,
  act: ownerChanges.act,
  role: ownerChanges.role,
  askedBy: ownerChanges.askedBy,
  askedAt: ownerChanges.askedAt,
  dueAt: ownerChanges.dueAt,
  email: staff.email,
  name: staff.name,
  roleNow: staff.role,
  disabledAt: staff.disabledAt,
  by: sql<string>`coalesce(${asker.name} || ' (' || ${asker.email} || ')', ${asker.email})`,
  askerRole: asker.role,
  askerDisabledAt: asker.disabledAt,
};

const isOpen = sql`NOT EXISTS (SELECT 1 FROM owner_change_ends WHERE change_id = ${ownerChanges.id})`;

/** What waits, the soonest first. */
export const listOpenChanges = query((db) =>
  db
    .select(columns)
    .from(ownerChanges)
    .innerJoin(staff, eq(staff.id, ownerChanges.staffId))
    .innerJoin(asker, eq(asker.id, ownerChanges.askedBy))
    .where(isOpen)
    .orderBy(asc(ownerChanges.dueAt), asc(ownerChanges.id)),
);
export type OpenChange = Awaited<ReturnType<typeof listOpenChanges>>[number];

export const findOpenChange = queryOne((db) =>
  db
    .select(columns)
    .from(ownerChanges)
    .innerJoin(staff, eq(staff.id, ownerChanges.staffId))
    .innerJoin(asker, eq(asker.id, ownerChanges.askedBy))
    .where(and(eq(ownerChanges.id, sql.placeholder('id')), isOpen)),
);

export const listDueChanges = query((db) =>
  db
    .select({ id: ownerChanges.id })
    .from(ownerChanges)
    .where(and(lte(ownerChanges.dueAt, sql.placeholder('now')), isOpen))
    .orderBy(asc(ownerChanges.dueAt), asc(ownerChanges.id))
    .limit(100),
);
