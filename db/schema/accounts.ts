import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, flag, instant, money } from './columns.ts';

/**
 * Who buys and earns. A root account has itself as `root_id`; a department has its parent's.
 * `history_seq` is the optimistic lock of the whole root: every write appends the next history row.
 * `ledger_seq`, `ledger_hash` and `balance_minor` repeat the newest ledger entry (DOMAIN §2, Proof).
 */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text().primaryKey(),
    rootId: text('root_id').notNull(),
    kind: text({ enum: ['personal', 'shared', 'department'] }).notNull(),
    /** The company's, household's or department's name; empty for a customer's own account. */
    name: text().notNull(),
    /** Of a shared account, where it is known. */
    form: text({ enum: ['household', 'company'] }),
    ownerId: text('owner_id'),
    firstPlacedAt: instant('first_placed_at'),
    signedUpAt: instant('signed_up_at'),
    historySeq: count('history_seq').notNull(),
    ledgerSeq: count('ledger_seq').notNull(),
    ledgerHash: text('ledger_hash').notNull(),
    balanceMinor: money('balance_minor').notNull(),
    /** The programme revision all counted spend of this root account was last brought up to. */
    settledRevision: count('settled_revision').notNull(),
    /** JSON of when the root account was in the club, `[[since, until or null], …]`; null when it never was. */
    clubSpans: text('club_spans'),
    /** JSON of when it was in segments that rules are for, `[[segment, since, until or null], …]`; null when it never was. */
    segmentSpans: text('segment_spans'),
    createdAt: instant('created_at').notNull(),
    /** Set when the import that made the account was undone; cleared when it is needed again. */
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    uniqueIndex('accounts_shared_name').on(table.name).where(sql`kind = 'shared'`),
    uniqueIndex('accounts_department_name').on(table.rootId, table.name).where(sql`kind = 'department'`),
    index('accounts_department').on(table.name).where(sql`kind = 'department'`),
    uniqueIndex('accounts_owner').on(table.ownerId).where(sql`owner_id IS NOT NULL`),
    index('accounts_root').on(table.rootId),
    index('accounts_joined')
      .on(
        sql`CASE WHEN signed_up_at IS NULL OR first_placed_at < signed_up_at THEN first_placed_at ELSE signed_up_at END`,
      )
      .where(sql`owner_id IS NOT NULL`),
    index('accounts_club').on(table.id).where(sql`club_spans IS NOT NULL`),
    index('accounts_unsettled').on(table.settledRevision, table.id).where(sql`id = root_id`),
    check('accounts_owner_is_personal', sql`(kind = 'personal') = (owner_id IS NOT NULL)`),
  ],
);

/**
 * A person. Unclaimed until the email is proven (`claimed_at`); emails are trimmed, NFC, lower case. Without an email
 * they are known by `customer_keys` alone, and no mail is ever written to them.
 */
export const customers = sqliteTable(
  'customers',
  {
    id: text().primaryKey(),
    email: text().unique(),
    name: text(),
    memberNumber: text('member_number').unique(),
    /** As they or the business wrote it; nobody is known by it. */
    phone: text(),
    address: text(),
    /** The day of it is an answer of the profile. */
    birthYear: count('birth_year'),
    language: text(),
    claimedAt: instant('claimed_at'),
    createdAt: instant('created_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    /** When the customer left the portal; cleared when they come back. Who left is unclaimed again. */
    closedAt: instant('closed_at'),
    /** When the customer looked at what was written to them last. */
    inboxSeenAt: instant('inbox_seen_at'),
  },
  (table) => [
    index('customers_claimed').on(table.claimedAt).where(sql`claimed_at IS NOT NULL`),
    index('customers_name').on(table.name).where(sql`name IS NOT NULL`),
    check('customers_email_normal', sql`${table.email} = lower(trim(${table.email}))`),
  ],
);

/** What a source calls a customer: an id of its own, unique in that source. It may come to mean another customer. */
export const customerKeys = sqliteTable(
  'customer_keys',
  {
    source: text().notNull(),
    key: text().notNull(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    since: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.key] }),
    index('customer_keys_customer').on(table.customerId),
  ],
);

/** An email a customer had before; orders that still carry it belong to the customer. */
export const formerEmails = sqliteTable(
  'former_emails',
  {
    email: text().primaryKey(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    until: instant().notNull(),
    /** The merge by which it leads to this customer: it goes on signing in, and is kept as long as the merge stands. */
    mergeId: text('merge_id'),
  },
  (table) => [index('former_emails_customer').on(table.customerId)],
);

/** Who belongs to which account, and what they may do there; how it came to that is in `membership_events`. */
export const memberships = sqliteTable(
  'memberships',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    since: instant().notNull(),
    /** Since when they belong to it no longer; an order that names the account does not bring them back. */
    until: instant(),
    /** NULL: nobody was made a manager or a plain member. Where nobody manages, the first member does. */
    role: text({ enum: ['member', 'manager'] }),
    /** Whether they may spend the balance; NULL while nobody decided: then members of the whole account may. */
    mayRedeem: flag('may_redeem'),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.customerId] }),
    index('memberships_customer').on(table.customerId, table.accountId),
  ],
);

/** Σ(total − discount − refunds) of a root account's orders not cancelled, per currency; counted or not. */
export const accountSpend = sqliteTable(
  'account_spend',
  {
    rootId: text('root_id').notNull(),
    currency: text().notNull(),
    spendMinor: money('spend_minor').notNull(),
    orderCount: count('order_count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rootId, table.currency] })],
);

/**
 * Everything that happened with an account, in and out; append-only. `(account_id, seq)` is the lock:
 * two writes that decided on the same state cannot both append the next row.
 */
export const history = sqliteTable(
  'history',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    seq: count().notNull(),
    at: instant().notNull(),
    kind: text().notNull(),
    actor: text().notNull(),
    orderId: text('order_id'),
    /** JSON with ids, codes and amounts; no personal data. */
    detail: text().notNull(),
    /** The programme the write was decided under; a trigger refuses one that is no longer in force. */
    programmeRevision: count('programme_revision').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.seq] })],
);
