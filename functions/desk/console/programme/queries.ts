import { desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import {
  accounts,
  customers,
  ledger,
  programmePostings,
  programmes,
  staff,
} from '../../../../db/schema/index.ts';

const minor = sql`coalesce(sum(amount_minor), 0)`.mapWith(ledger.amountMinor);

/** What was posted for each rule since a moment, less what was taken back. */
export const sumPaid = query((db) =>
  db
    .select({ ruleId: sql<string>`rule_id`, minor })
    .from(ledger)
    .where(
      sql`kind IN ('earn', 'clawback') AND rule_id IS NOT NULL AND recorded_at >= ${sql.placeholder('since')}`,
    )
    .groupBy(sql`rule_id`),
);

/** Every programme that was set, newest first, with who set it and what that posted. */
export const listProgrammes = query((db) =>
  db
    .select({
      revision: programmes.revision,
      definition: programmes.definition,
      setAt: programmes.setAt,
      setBy: programmes.setBy,
      email: staff.email,
      postedMinor: programmePostings.netMinor,
      entries: programmePostings.entries,
      accounts: programmePostings.accounts,
    })
    .from(programmes)
    .leftJoin(programmePostings, eq(programmePostings.revision, programmes.revision))
    .leftJoin(staff, sql`${programmes.setBy} = 'staff:' || ${staff.id}`)
    .orderBy(desc(programmes.revision))
    .limit(sql.placeholder('limit')),
);

export const findProgrammeFile = queryOne((db) =>
  db
    .select({ definition: programmes.definition })
    .from(programmes)
    .where(eq(programmes.revision, sql.placeholder('revision'))),
);

export const findStaffEmail = queryOne((db) =>
  db
    .select({ email: staff.email })
    .from(staff)
    .where(sql`'staff:' || ${staff.id} = ${sql.placeholder('actor')}`),
);

/** The person in the middle of all who spent something in a currency, by spend. */
export const findTypical = queryOne((db) => {
  const spenders = sql`FROM account_spend AS s JOIN accounts AS a ON a.id = s.root_id AND a.kind = 'personal'
    WHERE s.currency = ${sql.placeholder('currency')} AND s.spend_minor > 0`;
  return db
    .select({ rootId: sql<string>`root_id`.mapWith(String) })
    .from(
      sql`(SELECT s.root_id ${spenders} ORDER BY s.spend_minor, s.root_id LIMIT 1 OFFSET (SELECT count(*) / 2 ${spenders}))`,
    );
});

export const findOwner = queryOne((db) =>
  db
    .select({
      customerId: customers.id,
      name: sql<string | null>`coalesce(${customers.name}, ${customers.email})`,
    })
    .from(accounts)
    .innerJoin(customers, eq(customers.id, accounts.ownerId))
    .where(eq(accounts.id, sql.placeholder('rootId'))),
);
