import { asc, sql } from 'drizzle-orm';
import { query, statement } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';
import { staff } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { listedOwed } from '../../../money/redemptions/payouts/steps.ts';
import { unconfirmedByManagersRows, unconfirmedRows } from '../../../people/households/unconfirmed-rows.ts';

/** More than this of one kind is told as what came last. */
const LISTED_MAX = 500;
/** Accounts whose managers are told in one run; the next goes on with others. */
const ACCOUNTS_A_RUN = 200;

const isTold = (reader: string, subject: string) =>
  `EXISTS (SELECT 1 FROM waiting_notices WHERE reader = ${reader} AND subject = ${subject})`;

/** Payouts and donations to hand over, the latest first, and whether staff know of them. */
export const listOwed = query((db) =>
  db
    .select({
      id: sql<string>`r.id`,
      kind: sql<'payout' | 'donation'>`r.kind`,
      amountMinor: sql<bigint>`r.amount_minor`.mapWith(BigInt),
      currency: sql<string>`r.currency`,
      isTold: sql<boolean>`${sql.raw(isTold("'staff'", 'r.id'))}`.mapWith(readFlag),
    })
    .from(sql`(${sql.raw(listedOwed)} LIMIT ${sql.raw(String(LISTED_MAX))}) r`),
);

const personal = "u.root_id || ' ' || u.customer_id";

/** People of a company or household that nobody manages, the latest first, and whether staff know of them. */
export const listUnmanaged = query((db) =>
  db
    .select({
      id: sql<string>`${sql.raw(personal)}`,
      isTold: sql<boolean>`${sql.raw(isTold("'staff'", personal))}`.mapWith(readFlag),
    })
    .from(sql`(${sql.raw(unconfirmedRows)}) u`)
    .groupBy(sql`u.root_id, u.customer_id`)
    .orderBy(sql`min(u.since) DESC, u.customer_id`)
    .limit(LISTED_MAX),
);

/** Accounts whose managers have somebody new to confirm and were not written to that day, with everybody who waits there. */
export const listManaged = query((db) =>
  db
    .select({
      rootId: sql<string>`u.root_id`,
      name: sql<string>`u.root_name`,
      people: sql<string>`json_group_array(DISTINCT u.customer_id)`,
    })
    .from(sql`(${sql.raw(unconfirmedByManagersRows)}) u`)
    .groupBy(sql`u.root_id`)
    .having(
      sql`max(NOT ${sql.raw(isTold('u.root_id', 'u.customer_id'))}) = 1
        AND NOT EXISTS (SELECT 1 FROM waiting_notices WHERE reader = u.root_id AND subject = ${sql.placeholder('day')})`,
    )
    .orderBy(sql`min(u.since), u.root_id`)
    .limit(ACCOUNTS_A_RUN),
);

export const findTold = query((db) =>
  db
    .select({ isTold: sql<number>`1`.mapWith(Number) })
    .from(sql`waiting_notices`)
    .where(sql`reader = ${sql.placeholder('reader')} AND subject = ${sql.placeholder('subject')}`),
);

/** Who decides for the business. */
export const listLeads = query((db) =>
  db
    .select({ email: staff.email })
    .from(staff)
    .where(sql`${staff.role} IN ('owner', 'manager') AND ${staff.disabledAt} IS NULL`)
    .orderBy(asc(staff.email)),
);

/** Writes down that a reader was told on a day, and of what; a second one of that day is refused. */
export function writeTold(told: {
  reader: string;
  day: string;
  subjects: readonly string[];
  at: number;
}): Statement[] {
  const { reader, day, subjects, at } = told;
  return [
    statement('INSERT INTO waiting_notices (reader, subject, at) VALUES (?, ?, ?)', reader, day, at),
    statement(
      `INSERT INTO waiting_notices (reader, subject, at) SELECT DISTINCT ?1, value, ?3 FROM json_each(?2)
       WHERE NOT EXISTS (SELECT 1 FROM waiting_notices WHERE reader = ?1 AND subject = value)`,
      reader,
      JSON.stringify(subjects),
      at,
    ),
  ];
}
