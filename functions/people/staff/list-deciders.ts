import { and, asc, inArray, isNull } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { staff } from '../../../db/schema/index.ts';

/** The owners and managers who have not been shut out. */
export const listDeciders = query((db) =>
  db
    .select({ id: staff.id, email: staff.email, role: staff.role })
    .from(staff)
    .where(and(inArray(staff.role, ['owner', 'manager']), isNull(staff.disabledAt)))
    .orderBy(asc(staff.email)),
);
export type Decider = Awaited<ReturnType<typeof listDeciders>>[number];
