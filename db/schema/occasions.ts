import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { count, done, flag, id, instant, money } from './columns.ts';

const kind = () => text({ enum: ['birthday', 'joined', 'first_order', 'own'] }).notNull();
const giftForm = () => text('gift_form', { enum: ['none', 'credit', 'voucher'] }).notNull();

/** Whether the business wishes well on a kind of day, whom and with what (DOMAIN §6): the newest of each kind holds. Append-only. */
export const occasionSettings = sqliteTable(
  'occasion_settings',
  {
    id: id(),
    kind: kind(),
    isOn: flag('is_on').notNull(),
    audience: text({ enum: ['everybody', 'buyers', 'premium'] }).notNull(),
    giftForm: giftForm(),
    giftMinor: money('gift_minor').notNull(),
    /** NULL where nothing is given. */
    currency: text(),
    /** Of a voucher: how long it lasts, and what a purchase has to come to. */
    voucherMonths: count('voucher_months'),
    minimumMinor: money('minimum_minor').notNull(),
    /** The business day from which on it wishes: that on which it was switched on, meant more people or began to give last. */
    sinceDay: text('since_day').notNull(),
    ...done(),
  },
  (table) => [
    index('occasion_settings_kind').on(table.kind, table.id),
    check('occasion_settings_gift', sql`(gift_form = 'none') = (gift_minor = 0) AND gift_minor >= 0`),
    check('occasion_settings_voucher', sql`(gift_form = 'voucher') = (voucher_months IS NOT NULL)`),
  ],
);

/** A day of a customer's own, beside their birthday, that comes round each year. */
export const customerDays = sqliteTable(
  'customer_days',
  {
    id: id(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    name: text().notNull(),
    /** `MM-DD`. */
    day: text().notNull(),
    /** When it was the first time; NULL where nobody said. */
    year: count(),
    ...done(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (table) => [
    index('customer_days_customer').on(table.customerId, table.id),
    index('customer_days_day').on(table.day, table.customerId).where(sql`ended_at IS NULL`),
    check('customer_days_ended', sql`(ended_at IS NULL) = (ended_by IS NULL)`),
  ],
);

/**
 * What became of one occasion of one customer in one year: the key is the promise that it is told once. A gift is owed by this
 * row (`verify`). Append-only.
 */
export const occasionWishes = sqliteTable(
  'occasion_wishes',
  {
    id: id(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    kind: kind(),
    /** Of a day of their own; empty for the others. */
    dayId: text('day_id').notNull(),
    /** The business day on which it fell, and its year. */
    day: text().notNull(),
    year: count().notNull(),
    /**
     * `told`: by mail. `late`: given, but too late for words. `beside`: told in the mail of another of the same day. `merged`:
     * told to somebody who was merged into this customer.
     */
    outcome: text({ enum: ['told', 'late', 'beside', 'merged'] }).notNull(),
    /** The account that got the gift. */
    rootId: text('root_id').notNull(),
    giftForm: giftForm(),
    giftMinor: money('gift_minor').notNull(),
    currency: text(),
    ...done(),
  },
  (table) => [
    uniqueIndex('occasion_wishes_once').on(table.customerId, table.kind, table.dayId, table.year),
    index('occasion_wishes_root').on(table.rootId).where(sql`gift_minor > 0`),
    index('occasion_wishes_day').on(table.day),
    check('occasion_wishes_gift', sql`gift_minor >= 0 AND (gift_form = 'none') = (gift_minor = 0)`),
  ],
);
