import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { done } from './columns.ts';

/** What the business keeps about its customers beyond what the portal knows: one row a field, by its key. */
export const ownFields = sqliteTable('own_fields', {
  key: text().primaryKey(),
  kind: text({ enum: ['text', 'number', 'day', 'choice', 'yes_no'] }).notNull(),
  /** JSON of its name in each language. */
  names: text().notNull(),
  /** JSON list of what may be chosen; empty for the other kinds. */
  choices: text().notNull(),
  /** What customers do with their own. */
  customers: text({ enum: ['nothing', 'see', 'edit'] }).notNull(),
  ...done(),
});

/** What a field holds of a customer, as its kind writes it: a decimal number, a day, `yes` or `no`, a choice, a text. */
export const ownFieldValues = sqliteTable(
  'own_field_values',
  {
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    fieldKey: text('field_key')
      .notNull()
      .references(() => ownFields.key),
    value: text().notNull(),
    ...done(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.fieldKey] }),
    index('own_field_values_listed').on(table.fieldKey, table.value, table.customerId),
  ],
);
