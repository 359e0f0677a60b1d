import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts, customers } from './accounts.ts';
import { count, flag, instant } from './columns.ts';

/**
 * Somebody asked by email to join the portal or, with an account, a company or household of it. The challenge of the
 * same id gives its link the token. Append-only; what became of it is in `join_invitation_ends`.
 */
export const joinInvitations = sqliteTable(
  'join_invitations',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    accountId: text('account_id').references(() => accounts.id),
    /** What the invited person may do in the account. */
    mayRedeem: flag('may_redeem').notNull(),
    language: text(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('join_invitations_email').on(table.email, table.expiresAt),
    index('join_invitations_account').on(table.accountId, table.expiresAt),
    index('join_invitations_expiry').on(table.expiresAt),
  ],
);

/** How an invitation ended, once. Append-only. */
export const joinInvitationEnds = sqliteTable('join_invitation_ends', {
  invitationId: text('invitation_id')
    .primaryKey()
    .references(() => joinInvitations.id),
  how: text({ enum: ['accepted', 'declined', 'withdrawn'] }).notNull(),
  at: instant().notNull(),
  actor: text().notNull(),
});

/** Somebody who proved their email and asked to join where the business approves everybody; one for each address. */
export const joinRequests = sqliteTable(
  'join_requests',
  {
    id: text().primaryKey(),
    email: text().notNull().unique(),
    name: text(),
    language: text(),
    /** The terms they were shown. */
    termsVersion: text('terms_version').notNull(),
    newsVersion: text('news_version'),
    referralCode: text('referral_code'),
    askedAt: instant('asked_at').notNull(),
  },
  (table) => [index('join_requests_asked').on(table.askedAt)],
);

/** What staff decided about a request; the newest of a request holds. Append-only. */
export const joinDecisions = sqliteTable(
  'join_decisions',
  {
    requestId: text('request_id')
      .notNull()
      .references(() => joinRequests.id),
    seq: count().notNull(),
    outcome: text({ enum: ['approved', 'declined'] }).notNull(),
    reason: text(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.seq] })],
);

/** A wording that was shown, by its SHA-256. Append-only. */
export const consentTexts = sqliteTable('consent_texts', {
  version: text().primaryKey(),
  kind: text({ enum: ['terms', 'news'] }).notNull(),
  language: text().notNull(),
  text: text().notNull(),
  firstShownAt: instant('first_shown_at').notNull(),
});

/** What a customer agreed to, or withdrew: the newest of a kind holds. Append-only. */
export const consents = sqliteTable(
  'consents',
  {
    id: text().primaryKey(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    kind: text({ enum: ['terms', 'news'] }).notNull(),
    isGiven: flag('is_given').notNull(),
    version: text()
      .notNull()
      .references(() => consentTexts.version),
    source: text({ enum: ['joining', 'settings', 'mail', 'import', 'staff', 'api'] }).notNull(),
    /** On what grounds somebody else wrote it down: how they know. */
    basis: text(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('consents_customer').on(table.customerId, table.kind, table.id)],
);

/** An optional question that was answered or, with NULL, declined; it is never asked again. */
export const profileAnswers = sqliteTable(
  'profile_answers',
  {
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    question: text({ enum: ['why', 'interests', 'birthday', 'language', 'address_form'] }).notNull(),
    answer: text(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.question] }),
    index('profile_answers_birthday').on(table.answer, table.customerId).where(sql`question = 'birthday'`),
  ],
);

/** Everything that became of a membership: `memberships` holds where it stands. Append-only. */
export const membershipEvents = sqliteTable(
  'membership_events',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    kind: text({ enum: ['joined', 'changed', 'removed', 'left'] }).notNull(),
    role: text({ enum: ['member', 'manager'] }),
    mayRedeem: flag('may_redeem'),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('membership_events_account').on(table.accountId, table.customerId, table.id)],
);
