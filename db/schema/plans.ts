import { sql } from 'drizzle-orm';
import { check, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/**
 * How often and by which channel one group hears from the business, about what, and by whom (DOMAIN §6). The row is what was said
 * last; the log keeps who changed it. It ends with `ended_at`.
 */
export const contactPlans = sqliteTable(
  'contact_plans',
  {
    id: id(),
    /** What it is about, as staff read it among their tasks. */
    what: text().notNull(),
    audience: text({ enum: ['enquirer', 'buyer', 'premium'] }).notNull(),
    /** NULL for every level. */
    level: text({ enum: ['first', 'repeat', 'advocate'] }),
    /** By `mail` one task for the whole group, by the others one for each customer. */
    channel: text({ enum: ['mail', 'phone', 'message', 'post'] }).notNull(),
    purpose: text({ enum: ['service', 'news', 'sales'] }).notNull(),
    intervalDays: count('interval_days').notNull(),
    /** So many customers come due on one day at the most. */
    mostPerDay: count('most_per_day').notNull(),
    /** NULL for the account manager of each, else whoever is there. */
    staffId: text('staff_id'),
    /** The business day from which on it holds. */
    sinceDay: text('since_day').notNull(),
    ...done(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  () => [
    check('contact_plans_interval', sql`interval_days BETWEEN 1 AND 730 AND most_per_day BETWEEN 1 AND 500`),
    check('contact_plans_ended', sql`(ended_at IS NULL) = (ended_by IS NULL)`),
  ],
);
