import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import {
  accountSpend,
  accounts,
  clubApplications,
  clubDecisions,
  clubEndings,
  clubInvitationAnswers,
  clubInvitations,
  clubLevels,
  clubMemberships,
  customers,
  memberships,
} from '../../../db/schema/index.ts';

const isOfAccount = sql.placeholder('accountId');

/** All memberships of a root account with their endings, oldest first. */
export const listMemberships = query((db) =>
  db
    .select({
      id: clubMemberships.id,
      since: clubMemberships.since,
      how: clubMemberships.how,
      until: clubEndings.until,
      reason: clubEndings.reason,
    })
    .from(clubMemberships)
    .leftJoin(clubEndings, eq(clubEndings.membershipId, clubMemberships.id))
    .where(eq(clubMemberships.accountId, isOfAccount))
    .orderBy(asc(clubMemberships.at), asc(clubMemberships.id)),
);
export type MembershipRow = Awaited<ReturnType<typeof listMemberships>>[number];

/** All invitations of a root account with their answers, newest first. */
export const listInvitations = query((db) =>
  db
    .select({
      id: clubInvitations.id,
      customerId: clubInvitations.customerId,
      how: clubInvitations.how,
      at: clubInvitations.at,
      answer: clubInvitationAnswers.answer,
    })
    .from(clubInvitations)
    .leftJoin(clubInvitationAnswers, eq(clubInvitationAnswers.invitationId, clubInvitations.id))
    .where(eq(clubInvitations.accountId, isOfAccount))
    .orderBy(desc(clubInvitations.at), desc(clubInvitations.id)),
);

/** All applications of a root account with what was decided, newest first. */
export const listApplications = query((db) =>
  db
    .select({
      id: clubApplications.id,
      customerId: clubApplications.customerId,
      text: clubApplications.text,
      at: clubApplications.at,
      outcome: clubDecisions.outcome,
      reason: clubDecisions.reason,
      decidedAt: clubDecisions.at,
    })
    .from(clubApplications)
    .leftJoin(clubDecisions, eq(clubDecisions.applicationId, clubApplications.id))
    .where(eq(clubApplications.accountId, isOfAccount))
    .orderBy(desc(clubApplications.at), desc(clubApplications.id)),
);

/** Whose invitation or application it is; asked with `{ id }`. */
export const findInvitation = query((db) =>
  db
    .select({ accountId: clubInvitations.accountId })
    .from(clubInvitations)
    .where(eq(clubInvitations.id, sql.placeholder('id'))),
);
export const findApplication = query((db) =>
  db
    .select({ accountId: clubApplications.accountId, customerId: clubApplications.customerId })
    .from(clubApplications)
    .where(eq(clubApplications.id, sql.placeholder('id'))),
);

/** Lowest first. */
export const listLevels = query((db) =>
  db
    .select({ key: clubLevels.key, fromMinor: clubLevels.fromMinor, names: clubLevels.names })
    .from(clubLevels)
    .orderBy(asc(clubLevels.fromMinor)),
);

export const findSpendOf = query((db) =>
  db
    .select({ spendMinor: accountSpend.spendMinor })
    .from(accountSpend)
    .where(and(eq(accountSpend.rootId, isOfAccount), eq(accountSpend.currency, sql.placeholder('currency')))),
);

export const findPerson = query((db) =>
  db
    .select({
      id: customers.id,
      email: customers.email,
      name: customers.name,
      memberNumber: customers.memberNumber,
      claimedAt: customers.claimedAt,
    })
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('id')), isNull(customers.withdrawnAt))),
);

/** Whether a membership runs, by more than an order alone. */
const belongs = sql`${memberships.until} IS NULL AND (${accounts.kind} = 'personal' OR ${memberships.role} IS NOT NULL)`;

/** People of a root account or its departments who proved their email; asked with `{ accountId }`. */
export const listClaimedPeople = query((db) =>
  db
    .selectDistinct({ id: customers.id })
    .from(accounts)
    .innerJoin(memberships, eq(memberships.accountId, accounts.id))
    .innerJoin(customers, eq(customers.id, memberships.customerId))
    .where(
      and(
        eq(accounts.rootId, isOfAccount),
        sql`${customers.claimedAt} IS NOT NULL`,
        isNull(customers.withdrawnAt),
        belongs,
      ),
    ),
);

export const findRootSpans = query((db) =>
  db.select({ clubSpans: accounts.clubSpans }).from(accounts).where(eq(accounts.id, isOfAccount)),
);

/** The same of several root accounts, each with its account; `ids` is a JSON array. */
export const listPeopleOf = query((db) =>
  db
    .selectDistinct({ accountId: accounts.rootId, id: customers.id })
    .from(accounts)
    .innerJoin(memberships, eq(memberships.accountId, accounts.id))
    .innerJoin(customers, eq(customers.id, memberships.customerId))
    .where(
      and(
        sql`${accounts.rootId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
        sql`${customers.claimedAt} IS NOT NULL`,
        isNull(customers.withdrawnAt),
        belongs,
      ),
    ),
);

/** Which of some root accounts are in the club at `now`; `ids` is a JSON array. */
export const listMembersAmong = query((db) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      sql`${accounts.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')})) AND ${accounts.clubSpans} IS NOT NULL
        AND EXISTS (SELECT 1 FROM json_each(${accounts.clubSpans}) AS s WHERE s.value ->> 0 <= ${sql.placeholder('now')}
          AND (s.value ->> 1 IS NULL OR s.value ->> 1 > ${sql.placeholder('now')}))`,
    )
    .orderBy(asc(accounts.id)),
);
