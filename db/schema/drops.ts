import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/** A few pieces of something, for members first. `hold_hours` is how long a piece is kept for who has it. */
export const drops = sqliteTable(
  'drops',
  {
    id: id(),
    texts: text().notNull(),
    sku: text(),
    stock: count().notNull(),
    closesAt: instant('closes_at').notNull(),
    holdHours: count('hold_hours'),
    /** Only members who are in this segment, too; NULL: all of them. */
    segmentId: text('segment_id'),
    ...done(),
  },
  (table) => [index('drops_closing').on(table.closesAt), check('drops_stock', sql`stock > 0`)],
);

/** From when on a level, and those above it, may claim. */
export const dropWindows = sqliteTable(
  'drop_windows',
  {
    dropId: text('drop_id').notNull(),
    level: text().notNull(),
    opensAt: instant('opens_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dropId, table.level] }),
    index('drop_windows_opening').on(table.opensAt),
  ],
);

/** A drop that ended before its time. Append-only. */
export const dropClosings = sqliteTable('drop_closings', {
  dropId: text('drop_id').primaryKey(),
  reason: text(),
  ...done(),
});

/** Who wants a piece, in the order of `seq`; once per account. Append-only. */
export const dropClaims = sqliteTable(
  'drop_claims',
  {
    id: id(),
    dropId: text('drop_id').notNull(),
    seq: count().notNull(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('drop_claims_account').on(table.accountId),
    uniqueIndex('drop_claims_once').on(table.dropId, table.accountId),
    uniqueIndex('drop_claims_order').on(table.dropId, table.seq),
  ],
);

/** A claim that has a piece; one without waits. No more stand than there are pieces. Append-only. */
export const dropGrants = sqliteTable(
  'drop_grants',
  {
    claimId: text('claim_id').primaryKey(),
    dropId: text('drop_id').notNull(),
    at: instant().notNull(),
    /** When the piece goes to the next in line. */
    until: instant(),
  },
  (table) => [index('drop_grants_drop').on(table.dropId), index('drop_grants_until').on(table.until)],
);

/** What became of a claim: given up, not fetched in time, or handed over. Append-only. */
export const dropClaimEndings = sqliteTable(
  'drop_claim_endings',
  {
    claimId: text('claim_id').primaryKey(),
    dropId: text('drop_id').notNull(),
    outcome: text({ enum: ['cancelled', 'expired', 'collected'] }).notNull(),
    ...done(),
  },
  (table) => [index('drop_claim_endings_drop').on(table.dropId)],
);
