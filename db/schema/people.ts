import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, flag, instant } from './columns.ts';

/** A person working for the business. */
export const staff = sqliteTable('staff', {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  role: text({ enum: ['owner', 'manager', 'agent', 'analyst'] }).notNull(),
  createdAt: instant('created_at').notNull(),
  disabledAt: instant('disabled_at'),
  /** How the team calls them; null until somebody says it. */
  name: text(),
  /** Set for who comes in by a link that was made for them, and by no code they ask for. */
  isByLinkOnly: flag('by_link_only').notNull().default(false),
  /** Set for who wants no keys of the console but those of their browser. */
  keysOff: flag('keys_off'),
});

/** What a member of the team had typed into a form of the console when their session was found to be over; one each. */
export const formDrafts = sqliteTable('form_drafts', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  /** Where the form is, with its query. */
  path: text().notNull(),
  /** JSON `[[name, value], …]`, without what looks like a secret. */
  fields: text().notNull(),
  at: instant().notNull(),
});

/**
 * A request to prove an email address. Neither code nor link token is stored: both follow from
 * the id and the deployment's SECRET.
 */
export const signInChallenges = sqliteTable(
  'sign_in_challenges',
  {
    id: text().primaryKey(),
    purpose: text({
      enum: [
        'sign_in',
        'change_email',
        'invitation',
        'staff',
        'owner',
        'passkey',
        'passkey_new',
        'erasure',
        'order',
      ],
    }).notNull(),
    /** Empty where no mail has a part in it: of the owner link, and of passkeys. */
    email: text().notNull(),
    /**
     * Whom it concerns when that is known beforehand: the customer who changes the email, the staff member. Of who asks for
     * one order, its number as they typed it.
     */
    subjectId: text('subject_id'),
    /** SHA-256 of the asking browser's cookie; empty for links handed over by the command line. */
    browserHash: text('browser_hash').notNull(),
    /** The code of the friend who recommended the portal, kept until the asker has joined. */
    referralCode: text('referral_code'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** How often its code was tried, and how often beside its link. */
    attempts: count().notNull(),
    linkAttempts: count('link_attempts').notNull().default(0),
    consumedAt: instant('consumed_at'),
  },
  (table) => [index('sign_in_challenges_expiry').on(table.expiresAt)],
);

/** A signed-in browser; `token_hash` is SHA-256 of the cookie's token. Deleted on sign-out. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    /** `joining`: an email is proven, and nobody is a customer by it yet; the subject is the challenge. */
    kind: text({ enum: ['customer', 'joining', 'staff'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    browser: text().notNull(),
    /** Staff: when the second factor was proven in this session. */
    factorAt: instant('factor_at'),
  },
  (table) => [
    index('sessions_subject').on(table.kind, table.subjectId),
    index('sessions_expiry').on(table.expiresAt),
  ],
);

/** How often something was tried within a window; counted in the database so that it holds everywhere. */
export const rateLimits = sqliteTable(
  'rate_limits',
  { key: text().primaryKey(), windowStart: instant('window_start').notNull(), tries: count().notNull() },
  (table) => [index('rate_limits_window').on(table.windowStart)],
);

/** A key of the HTTP API; `hash` is SHA-256 of the key, `prefix` its first characters for recognition. */
export const apiKeys = sqliteTable('api_keys', {
  id: text().primaryKey(),
  name: text().notNull(),
  prefix: text().notNull(),
  hash: text().notNull().unique(),
  /** Space-separated scopes, such as `orders:write`. */
  scopes: text().notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
  /** From when on it opens nothing; null for a key without an end. */
  expiresAt: instant('expires_at'),
  /** The day in UTC on which it was last used, `YYYY-MM-DD`; written once a day. */
  lastUsedOn: text('last_used_on'),
});

/** The answer to a keyed POST, kept for ever; `body` holds ids, codes and amounts, personal data is filled in on replay. Append-only. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    apiKeyId: text('api_key_id').notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    status: count().notNull(),
    body: text().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.apiKeyId, table.key] })],
);
