import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers, formerEmails, generalPreferences, preferences } from '../../../db/schema/index.ts';
import { survivingCustomer } from '../../money/accounts/survivors.ts';

/** Who somebody is to those who write to them, and how they are spoken to. */
export const findPerson = query((db) =>
  db
    .select({
      email: customers.email,
      phone: customers.phone,
      language: customers.language,
      withdrawnAt: customers.withdrawnAt,
      tone: sql<'first_name' | 'formal' | null>`(SELECT answer FROM profile_answers
        WHERE customer_id = "customers"."id" AND question = 'address_form')`,
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);

/** Who somebody is by now, whoever they were merged into. */
export const findHolder = query((db) =>
  db
    .select({ customerId: customers.id, email: customers.email, withdrawnAt: customers.withdrawnAt })
    .from(customers)
    .where(
      sql`${customers.id} = (SELECT ${sql.raw(survivingCustomer('link.id'))}
        FROM (SELECT ${sql.placeholder('customerId')} AS id) AS link)`,
    ),
);

/** Addresses of those who were merged into somebody: they go on being theirs. */
export const listMergedEmails = query((db) =>
  db
    .select({ email: formerEmails.email })
    .from(formerEmails)
    .where(
      sql`${formerEmails.customerId} = ${sql.placeholder('customerId')} AND ${formerEmails.mergeId} IS NOT NULL`,
    ),
);

/** The newest word about each topic and channel. */
export const listWishes = query((db) =>
  db
    .select()
    .from(preferences)
    .where(
      sql`${preferences.id} IN (SELECT max(id) FROM preferences WHERE customer_id = ${sql.placeholder('customerId')}
        GROUP BY topic, channel)`,
    ),
);

/** The newest word about all of it. */
export const findGeneral = query((db) =>
  db
    .select()
    .from(generalPreferences)
    .where(
      sql`${generalPreferences.id} = (SELECT max(id) FROM general_preferences
        WHERE customer_id = ${sql.placeholder('customerId')})`,
    ),
);
