import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers, signInChallenges } from '../../../db/schema/index.ts';

/** A customer as a mail greets and reaches them. */
export const findReader = query((db) =>
  db
    .select({
      email: customers.email,
      name: customers.name,
      language: customers.language,
      addressForm: sql<string | null>`(SELECT answer FROM profile_answers
        WHERE customer_id = "customers"."id" AND question = 'address_form')`.mapWith(String),
      format: sql<string | null>`(SELECT format FROM general_preferences
        WHERE customer_id = "customers"."id" ORDER BY id DESC LIMIT 1)`.mapWith(String),
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);

export const findSecret = query((db) =>
  db
    .select({ expiresAt: signInChallenges.expiresAt, consumedAt: signInChallenges.consumedAt })
    .from(signInChallenges)
    .where(eq(signInChallenges.id, sql.placeholder('id'))),
);
