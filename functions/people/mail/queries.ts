import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { customers, signInChallenges } from '../../../db/schema/index.ts';

/** What was said last about a topic: news has to be wished for, everything else ends when it is switched off. */
const isTopicOn = sql`CASE ${sql.placeholder('topic')} WHEN 'news' THEN coalesce((SELECT is_given FROM consents
    WHERE customer_id = "customers"."id" AND kind = 'news' ORDER BY id DESC LIMIT 1), 0)
  ELSE coalesce((SELECT is_on FROM mail_preferences
    WHERE customer_id = "customers"."id" AND topic = ${sql.placeholder('topic')} ORDER BY id DESC LIMIT 1), 1) END`;

/** A customer as a mail greets and reaches them. */
export const findReader = query((db) =>
  db
    .select({
      email: customers.email,
      name: customers.name,
      language: customers.language,
      closedAt: customers.closedAt,
      withdrawnAt: customers.withdrawnAt,
      addressForm: sql<string | null>`(SELECT answer FROM profile_answers
        WHERE customer_id = "customers"."id" AND question = 'address_form')`.mapWith(String),
      isTopicOn: isTopicOn.mapWith(readFlag),
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
