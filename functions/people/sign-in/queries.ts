import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import {
  auditLog,
  customers,
  emailChanges,
  formDrafts,
  outbox,
  sessions,
  signInChallenges,
  staff,
  staffFactors,
} from '../../../db/schema/index.ts';
import { businessStamp } from '../../money/business/business.ts';

/** More are not told apart. */
const UNREAD_MAX = 99;

export const findChallenge = query((db) =>
  db
    .select()
    .from(signInChallenges)
    .where(eq(signInChallenges.id, sql.placeholder('id'))),
);

/** The customer's change of email that waits: for its codes, or for its day to be over. */
export const findOpenEmailChange = query((db) =>
  db
    .select({
      id: emailChanges.id,
      email: emailChanges.emailTo,
      dueAt: emailChanges.dueAt,
    })
    .from(emailChanges)
    .innerJoin(signInChallenges, eq(signInChallenges.id, emailChanges.id))
    .where(
      and(
        eq(emailChanges.customerId, sql.placeholder('customerId')),
        isNull(emailChanges.madeAt),
        isNull(emailChanges.endedAt),
        sql`(${emailChanges.dueAt} IS NOT NULL OR (${signInChallenges.consumedAt} IS NULL
          AND ${signInChallenges.expiresAt} > ${sql.placeholder('now')}))`,
      ),
    )
    .orderBy(desc(emailChanges.id))
    .limit(1),
);

export const findEmailChangeById = query((db) =>
  db
    .select()
    .from(emailChanges)
    .where(eq(emailChanges.id, sql.placeholder('id'))),
);
export type EmailChange = Awaited<ReturnType<typeof findEmailChangeById>>[number];

/** The newest change away from an address that was made lately and stands. */
export const findUndoableChange = query((db) =>
  db
    .select()
    .from(emailChanges)
    .where(
      and(
        eq(emailChanges.emailFrom, sql.placeholder('email')),
        gt(emailChanges.madeAt, sql.placeholder('since')),
        isNull(emailChanges.endedAt),
      ),
    )
    .orderBy(desc(emailChanges.madeAt))
    .limit(1),
);

export const listDueEmailChanges = query((db) =>
  db
    .select({ id: emailChanges.id })
    .from(emailChanges)
    .where(
      sql`due_at IS NOT NULL AND made_at IS NULL AND ended_at IS NULL AND due_at <= ${sql.placeholder('now')}`,
    )
    .orderBy(emailChanges.dueAt)
    .limit(100),
);

/** What was written to a customer since they looked last, as the portal shows it; no more than can be counted at a glance. */
const unread =
  sql<number>`(SELECT count(*) FROM (SELECT 1 FROM ${outbox} WHERE ${outbox.customerId} = ${customers.id}
  AND ${outbox.createdAt} > coalesce(${customers.inboxSeenAt}, 0) AND ${outbox.params} NOT LIKE '%"challengeId"%'
  LIMIT ${sql.raw(String(UNREAD_MAX))}))`.mapWith(Number);

const addressForm = sql<string | null>`(SELECT answer FROM profile_answers
  WHERE customer_id = ${customers.id} AND question = 'address_form')`;

/** A session with whom it signs in, found by its hash, and the business's stamp at that moment. */
export const findSessionRow = queryOne((db) =>
  db
    .select({
      stamp: businessStamp,
      tokenHash: sessions.tokenHash,
      kind: sessions.kind,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      customer: {
        id: customers.id,
        email: customers.email,
        name: customers.name,
        language: customers.language,
        withdrawnAt: customers.withdrawnAt,
        closedAt: customers.closedAt,
      },
      unread,
      addressForm,
      joining: {
        email: signInChallenges.email,
        referralCode: signInChallenges.referralCode,
        askedAt: signInChallenges.createdAt,
      },
      factorAt: sessions.factorAt,
      factorId: staffFactors.id,
      hasPasskey:
        sql<boolean>`EXISTS (SELECT 1 FROM passkeys WHERE kind = 'staff' AND subject_id = ${staff.id})`.mapWith(
          readFlag,
        ),
      staff: {
        id: staff.id,
        email: staff.email,
        name: staff.name,
        role: staff.role,
        disabledAt: staff.disabledAt,
        keysOff: staff.keysOff,
      },
    })
    .from(sessions)
    .leftJoin(customers, and(eq(sessions.kind, 'customer'), eq(customers.id, sessions.subjectId)))
    .leftJoin(
      signInChallenges,
      and(eq(sessions.kind, 'joining'), eq(signInChallenges.id, sessions.subjectId)),
    )
    .leftJoin(staff, and(eq(sessions.kind, 'staff'), eq(staff.id, sessions.subjectId)))
    .leftJoin(staffFactors, and(eq(staffFactors.staffId, staff.id), isNull(staffFactors.endedAt)))
    .where(eq(sessions.tokenHash, sql.placeholder('hash'))),
);

export const findDraftOf = queryOne((db) =>
  db
    .select({ path: formDrafts.path, fields: formDrafts.fields, at: formDrafts.at })
    .from(formDrafts)
    .where(eq(formDrafts.staffId, sql.placeholder('staffId'))),
);

export const listSessionRows = query((db) =>
  db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.kind, sql.placeholder('kind')),
        eq(sessions.subjectId, sql.placeholder('id')),
        gt(sessions.expiresAt, sql.placeholder('now')),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt)),
);

/** Whether somebody of the team came in before, by mail or passkey. */
export const findEarlierSignIn = queryOne((db) =>
  db
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectKind, 'staff'),
        eq(auditLog.subjectId, sql.placeholder('id')),
        inArray(auditLog.act, ['staff.mail-proven', 'staff.signed-in']),
      ),
    )
    .limit(1),
);

/** A staff member who may sign in. */
export const findActiveStaff = query((db) =>
  db
    .select({ id: staff.id, role: staff.role, email: staff.email })
    .from(staff)
    .where(and(eq(staff.id, sql.placeholder('id')), isNull(staff.disabledAt))),
);

/** The same by email. */
export const findActiveStaffByEmail = query((db) =>
  db
    .select({ id: staff.id, isByLinkOnly: staff.isByLinkOnly })
    .from(staff)
    .where(and(eq(staff.email, sql.placeholder('email')), isNull(staff.disabledAt))),
);

/** Anybody who was ever let into the team, the team of the demo aside. */
export const findAnyTeam = query((db) =>
  db.select({ id: staff.id }).from(staff).where(eq(staff.isByLinkOnly, false)).limit(1),
);
