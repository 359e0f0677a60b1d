import { and, asc, eq, isNull } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { staff } from '../../../db/schema/index.ts';

/** The owners who have not been shut out, by email. */
export const listOwners = query((db) =>
  db
    .select({ email: staff.email })
    .from(staff)
    .where(and(eq(staff.role, 'owner'), isNull(staff.disabledAt)))
    .orderBy(asc(staff.email)),
);
