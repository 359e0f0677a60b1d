import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant } from './columns.ts';

/** Words that a customer lets the business quote, with the name they chose and what they agreed to. Append-only. */
export const testimonials = sqliteTable(
  'testimonials',
  {
    id: text().primaryKey(),
    customerId: text('customer_id').notNull(),
    rootId: text('root_id').notNull(),
    text: text().notNull(),
    language: text().notNull(),
    nameForm: text('name_form', { enum: ['first_name', 'initials', 'company', 'none'] }).notNull(),
    /** As it is shown; empty for no name. */
    shownName: text('shown_name').notNull(),
    /** The wording of the consent, as it was on the page. */
    consent: text().notNull(),
    source: text({ enum: ['portal', 'survey', 'feedback'] }).notNull(),
    /** The survey invitation or the feedback it came from. */
    sourceId: text('source_id'),
    key: text().notNull().unique(),
    at: instant().notNull(),
  },
  (table) => [
    index('testimonials_customer').on(table.customerId, table.at),
    index('testimonials_root').on(table.rootId),
    index('testimonials_at').on(table.at, table.id),
  ],
);

/** What the editor decided; the newest holds. An excerpt is part of the customer's words, a trigger sees to it. Append-only. */
export const testimonialDecisions = sqliteTable(
  'testimonial_decisions',
  {
    testimonialId: text('testimonial_id')
      .notNull()
      .references(() => testimonials.id),
    seq: count().notNull(),
    decision: text({ enum: ['approve', 'decline'] }).notNull(),
    excerpt: text(),
    reason: text(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.testimonialId, table.seq] }),
    index('testimonial_decisions_approved').on(table.at).where(sql`decision = 'approve'`),
  ],
);

/** A customer took their words back: final. Append-only. */
export const testimonialWithdrawals = sqliteTable('testimonial_withdrawals', {
  testimonialId: text('testimonial_id')
    .primaryKey()
    .references(() => testimonials.id),
  at: instant().notNull(),
  actor: text().notNull(),
});
