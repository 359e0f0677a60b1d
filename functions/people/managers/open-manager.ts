import { and, eq, isNull, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { accountManagers, accounts, staff } from '../../../db/schema/index.ts';

/** In whose hands an account is now, whether or not they still work here; null for one in nobody's. */
export const findOpenManager = queryOne((db) =>
  db
    .select({
      id: accountManagers.id,
      staffId: accountManagers.staffId,
      segmentId: accountManagers.segmentId,
      why: accountManagers.why,
    })
    .from(accountManagers)
    .where(and(eq(accountManagers.accountId, sql.placeholder('accountId')), isNull(accountManagers.endedAt))),
);

/** Whether somebody by id or email, also who works here no longer, has an account now. */
export const findHolding = queryOne((db) =>
  db
    .select({ id: accountManagers.id })
    .from(accountManagers)
    .innerJoin(staff, eq(staff.id, accountManagers.staffId))
    .where(
      and(
        eq(accountManagers.accountId, sql.placeholder('accountId')),
        isNull(accountManagers.endedAt),
        sql`(${staff.id} = ${sql.placeholder('who')} OR ${staff.email} = ${sql.placeholder('who')})`,
      ),
    ),
);

/** Somebody who works here, by id or email. */
export const findMember = queryOne((db) =>
  db
    .select({ id: staff.id, email: staff.email, name: staff.name, role: staff.role })
    .from(staff)
    .where(
      and(
        sql`(${staff.id} = ${sql.placeholder('who')} OR ${staff.email} = ${sql.placeholder('who')})`,
        isNull(staff.disabledAt),
      ),
    ),
);

/** An account that is there: of a department, its root beside. */
export const findManaged = queryOne((db) =>
  db
    .select({ id: accounts.id, rootId: accounts.rootId })
    .from(accounts)
    .where(and(eq(accounts.id, sql.placeholder('accountId')), isNull(accounts.withdrawnAt))),
);
