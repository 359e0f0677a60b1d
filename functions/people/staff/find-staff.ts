import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { staff } from '../../../db/schema/index.ts';

export const findStaffByEmail = query((db) =>
  db
    .select()
    .from(staff)
    .where(eq(staff.email, sql.placeholder('email'))),
);
