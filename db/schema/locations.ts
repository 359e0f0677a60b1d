import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { done, id } from './columns.ts';

/** Where customers find the business: a shop, an office, a counter. */
export const locations = sqliteTable('locations', {
  id: id(),
  name: text().notNull(),
  address: text().notNull(),
  /** Empty for that of the business. */
  phone: text().notNull(),
  /** As business hours are written; empty for by arrangement. */
  hours: text().notNull(),
  /** Its page on a map of the business's choice. */
  mapUrl: text('map_url'),
  /** JSON of how to get there in each language. */
  directions: text().notNull(),
  ...done(),
});

/** A day on which a location has other hours than its week says. */
export const specialDays = sqliteTable(
  'special_days',
  {
    day: text().notNull(),
    /** Empty for all that have no such row of their own. */
    locationId: text('location_id').notNull(),
    /** As `10:00-14:00`, several spans with commas between; empty for closed. */
    hours: text().notNull(),
    /** JSON of what day it is, in each language. */
    names: text().notNull(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.day, table.locationId] })],
);
