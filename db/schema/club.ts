import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { done, id, instant, money } from './columns.ts';

/**
 * A root account in the club, from `since` (start of a day in business time) until its ending, if there is one.
 * `accounts.club_spans` repeats all of an account's for the counting of orders. Append-only.
 */
export const clubMemberships = sqliteTable(
  'club_memberships',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    since: instant().notNull(),
    how: text({ enum: ['invitation', 'application', 'spend', 'staff'] }).notNull(),
    /** The invitation or application that led to it. */
    causeId: text('cause_id'),
    ...done(),
  },
  (table) => [
    index('club_memberships_account').on(table.accountId),
    index('club_memberships_at').on(table.at),
  ],
);

/** `until` is the first moment that is outside; a membership withdrawn ends where it began. Append-only. */
export const clubEndings = sqliteTable(
  'club_endings',
  {
    membershipId: text('membership_id').primaryKey(),
    accountId: text('account_id').notNull(),
    until: instant().notNull(),
    reason: text({ enum: ['left', 'ended', 'withdrawn'] }).notNull(),
    ...done(),
  },
  (table) => [index('club_endings_account').on(table.accountId)],
);

/** Append-only. */
export const clubInvitations = sqliteTable(
  'club_invitations',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    how: text({ enum: ['staff', 'spend'] }).notNull(),
    ...done(),
  },
  (table) => [
    index('club_invitations_account').on(table.accountId),
    index('club_invitations_at').on(table.at),
  ],
);

/** Append-only. */
export const clubInvitationAnswers = sqliteTable('club_invitation_answers', {
  invitationId: text('invitation_id').primaryKey(),
  answer: text({ enum: ['accepted', 'declined', 'withdrawn'] }).notNull(),
  ...done(),
});

/** Append-only. */
export const clubApplications = sqliteTable(
  'club_applications',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    text: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('club_applications_account').on(table.accountId),
    index('club_applications_at').on(table.at),
  ],
);

/** `reason` is told to the applicant. Append-only. */
export const clubDecisions = sqliteTable('club_decisions', {
  applicationId: text('application_id').primaryKey(),
  outcome: text({ enum: ['approved', 'declined', 'withdrawn'] }).notNull(),
  reason: text(),
  ...done(),
});

/** What members are called from a spend on; `names` is JSON by language. The first begins at 0. */
export const clubLevels = sqliteTable('club_levels', {
  key: text().primaryKey(),
  fromMinor: money('from_minor').notNull().unique(),
  names: text().notNull(),
  ...done(),
});

/**
 * What was done for all members at once. A `withdrawal` and its id is over: `position` says `done`. Of what comes round by itself
 * `position` is the business day of the last time. Under the name of what members are told with ` at` behind it, `position` is the
 * round and the account it came to. `terms` is empty.
 */
export const clubSweeps = sqliteTable('club_sweeps', {
  name: text().primaryKey(),
  terms: text().notNull(),
  position: text().notNull(),
});

/** One thing that members have; `texts` is JSON by language, `detail` JSON by kind, `level` the lowest level that has it. */
export const clubBenefits = sqliteTable(
  'club_benefits',
  {
    id: id(),
    kind: text({
      enum: ['rule', 'drops', 'events', 'waived_minimum', 'account_manager', 'directory', 'panel', 'other'],
    }).notNull(),
    texts: text().notNull(),
    detail: text().notNull(),
    from: instant().notNull(),
    until: instant(),
    /** NULL for all members. */
    level: text(),
    ...done(),
  },
  (table) => [index('club_benefits_kind').on(table.kind)],
);

/** A benefit that is no longer kept, why, and what each member gets for it. Append-only. */
export const clubWithdrawals = sqliteTable(
  'club_withdrawals',
  {
    id: id(),
    benefitId: text('benefit_id').notNull().unique(),
    /** JSON by language. */
    reason: text().notNull(),
    bonusMinor: money('bonus_minor').notNull(),
    currency: text().notNull(),
    ...done(),
  },
  () => [check('club_withdrawals_not_negative', sql`bonus_minor >= 0`)],
);
