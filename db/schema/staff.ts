import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { count, instant } from './columns.ts';
import { staff } from './people.ts';

/** The second factor of somebody who works here: a secret shared with their authenticator, sealed under SECRET. */
export const staffFactors = sqliteTable(
  'staff_factors',
  {
    id: text().primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** AES-256-GCM, bound to the member. */
    sealedSecret: text('sealed_secret').notNull(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (table) => [uniqueIndex('staff_factors_open').on(table.staffId).where(sql`ended_at IS NULL`)],
);

/** The codes on paper that replace a lost authenticator, as hashes. Append-only. */
export const staffRecoveryCodes = sqliteTable('staff_recovery_codes', {
  hash: text().primaryKey(),
  factorId: text('factor_id')
    .notNull()
    .references(() => staffFactors.id),
});

/** Each proof counts once: `step:` with the time step of a code, or `paper:` with the hash of a code on paper. Append-only. */
export const staffFactorUses = sqliteTable(
  'staff_factor_uses',
  {
    factorId: text('factor_id')
      .notNull()
      .references(() => staffFactors.id),
    proof: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.factorId, table.proof] })],
);

/** What staff remark about a customer among themselves. Append-only. */
export const customerNotes = sqliteTable(
  'customer_notes',
  {
    id: text().primaryKey(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    text: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('customer_notes_customer').on(table.customerId, table.id)],
);

/** Figures over whole tables, kept for as long as summing them again would cost more than they are worth. */
export const keptFigures = sqliteTable('kept_figures', {
  name: text().primaryKey(),
  value: text().notNull(),
  at: instant().notNull(),
  tookMs: count('took_ms').notNull(),
});

/**
 * Told by mail: what waits for a person, once, and that its reader was written to on a business day, once. `reader` is
 * `staff`, or the account whose managers are told; `subject` is what waits, or the day. Append-only.
 */
export const waitingNotices = sqliteTable(
  'waiting_notices',
  { reader: text().notNull(), subject: text().notNull(), at: instant().notNull() },
  (table) => [primaryKey({ columns: [table.reader, table.subject] })],
);
