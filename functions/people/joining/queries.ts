import { and, desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers, joinDecisions, joinRequests } from '../../../db/schema/index.ts';

/** Whether anybody of an email has ordered, for whichever account. */
export const findOrderer = query((db) =>
  db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.email, sql.placeholder('email')),
        sql`EXISTS (SELECT 1 FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
          JOIN orders AS o ON o.root_id = a.root_id AND o.customer_id = m.customer_id
          WHERE m.customer_id = ${customers.id})`,
      ),
    ),
);

export const newest = sql`(SELECT max(seq) FROM join_decisions d WHERE d.request_id = ${joinRequests.id})`;
export const requestColumns = {
  id: joinRequests.id,
  email: joinRequests.email,
  name: joinRequests.name,
  language: joinRequests.language,
  termsVersion: joinRequests.termsVersion,
  newsVersion: joinRequests.newsVersion,
  referralCode: joinRequests.referralCode,
  askedAt: joinRequests.askedAt,
  seq: joinDecisions.seq,
  outcome: joinDecisions.outcome,
  reason: joinDecisions.reason,
  decidedAt: joinDecisions.at,
  decidedBy: joinDecisions.actor,
};

/** The requests that were decided last, newest first. */
export const listDecidedRequests = query((db) =>
  db
    .select(requestColumns)
    .from(joinDecisions)
    .innerJoin(joinRequests, eq(joinDecisions.requestId, joinRequests.id))
    .where(eq(joinDecisions.seq, newest))
    .orderBy(desc(joinDecisions.at))
    .limit(50),
);
