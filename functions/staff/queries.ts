import { asc, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { staff } from '../../db/schema/index.ts';

export const findStaffByEmail = query((db) =>
  db
    .select()
    .from(staff)
    .where(eq(staff.email, sql.placeholder('email'))),
);

export const listStaffRows = query((db) => db.select().from(staff).orderBy(asc(staff.email)));
