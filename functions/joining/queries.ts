import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { query, rowsWithin } from '../../db/query.ts';
import {
  accounts,
  consents,
  consentTexts,
  customers,
  joinDecisions,
  joinInvitationEnds,
  joinInvitations,
  joinRequests,
  profileAnswers,
} from '../../db/schema/index.ts';

const invitationColumns = {
  id: joinInvitations.id,
  email: joinInvitations.email,
  accountId: joinInvitations.accountId,
  accountName: sql<string | null>`${accounts.name}`,
  mayRedeem: joinInvitations.mayRedeem,
  createdAt: joinInvitations.createdAt,
  createdBy: joinInvitations.createdBy,
  expiresAt: joinInvitations.expiresAt,
};
const isOpen = and(
  gt(joinInvitations.expiresAt, sql.placeholder('now')),
  isNull(joinInvitationEnds.invitationId),
);

const openInvitations = (where: ReturnType<typeof eq> | undefined) =>
  query((db) =>
    db
      .select(invitationColumns)
      .from(joinInvitations)
      .leftJoin(joinInvitationEnds, eq(joinInvitationEnds.invitationId, joinInvitations.id))
      .leftJoin(accounts, eq(accounts.id, joinInvitations.accountId))
      .where(and(isOpen, where))
      .orderBy(desc(joinInvitations.id))
      .limit(200),
  );

/** The open invitations of an email, newest first. */
export const listInvitationsTo = openInvitations(eq(joinInvitations.email, sql.placeholder('email')));
/** Those into a company or household. */
export const listInvitationsInto = openInvitations(
  eq(joinInvitations.accountId, sql.placeholder('accountId')),
);
/** Those to the portal alone. */
export const listPortalInvitations = openInvitations(isNull(joinInvitations.accountId));
/** One, while it is open. */
export const findInvitation = openInvitations(eq(joinInvitations.id, sql.placeholder('id')));
export type Invitation = Awaited<ReturnType<typeof findInvitation>>[number];

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

const newest = sql`(SELECT max(seq) FROM join_decisions d WHERE d.request_id = ${joinRequests.id})`;
const requestColumns = {
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

const requests = (where: ReturnType<typeof eq> | undefined) =>
  query((db) =>
    db
      .select(requestColumns)
      .from(joinRequests)
      .leftJoin(
        joinDecisions,
        and(eq(joinDecisions.requestId, joinRequests.id), eq(joinDecisions.seq, newest)),
      )
      .where(where)
      .orderBy(asc(joinRequests.askedAt), asc(joinRequests.id))
      .limit(100),
  );

/** The request of an email with the decision that holds. */
export const findRequestOf = requests(eq(joinRequests.email, sql.placeholder('email')));
export const findRequest = requests(eq(joinRequests.id, sql.placeholder('id')));
/** Those nobody has decided about, oldest first. */
export const listWaitingRequests = requests(isNull(joinDecisions.requestId));
export type JoinRequest = Awaited<ReturnType<typeof findRequest>>[number];

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

/** Everything a customer agreed to and withdrew, newest first, with the wording. */
export const listConsentRows = query((db) =>
  db
    .select({
      kind: consents.kind,
      isGiven: consents.isGiven,
      source: consents.source,
      at: consents.at,
      version: consents.version,
      language: consentTexts.language,
      text: consentTexts.text,
    })
    .from(consents)
    .innerJoin(consentTexts, eq(consentTexts.version, consents.version))
    .where(eq(consents.customerId, sql.placeholder('customerId')))
    .orderBy(desc(consents.id))
    .limit(100),
);

export const findProfile = query((db) =>
  db
    .select({
      answers: rowsWithin(
        { question: profileAnswers.question, answer: profileAnswers.answer, at: profileAnswers.at },
        sql`${profileAnswers} WHERE ${profileAnswers.customerId} = ${customers.id}`,
      ),
      invitations: rowsWithin(
        { id: joinInvitations.id, accountName: accounts.name },
        sql`${joinInvitations} JOIN ${accounts} ON ${accounts.id} = ${joinInvitations.accountId}
          LEFT JOIN ${joinInvitationEnds} ON ${joinInvitationEnds.invitationId} = ${joinInvitations.id}
          WHERE ${joinInvitations.email} = ${customers.email}
            AND ${joinInvitations.expiresAt} > ${sql.placeholder('now')}
            AND ${joinInvitationEnds.invitationId} IS NULL`,
      ),
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);
