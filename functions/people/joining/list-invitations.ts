import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, joinInvitationEnds, joinInvitations } from '../../../db/schema/index.ts';

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
