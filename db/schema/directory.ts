import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flag, id, instant } from './columns.ts';

/** What a member shows of themselves to those who show themselves; the newest counts. Append-only. */
export const directoryChoices = sqliteTable(
  'directory_choices',
  {
    id: id(),
    customerId: text('customer_id').notNull(),
    accountId: text('account_id').notNull(),
    isShown: flag('is_shown').notNull(),
    name: text().notNull(),
    company: text(),
    interests: text(),
    at: instant().notNull(),
  },
  (table) => [index('directory_choices_customer').on(table.customerId, table.id)],
);

/** A message from member to member. Once both have given theirs, each sees the other's address. Append-only. */
export const directoryMessages = sqliteTable(
  'directory_messages',
  {
    id: id(),
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    text: text().notNull(),
    givesAddress: flag('gives_address').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('directory_messages_to').on(table.toId, table.at),
    index('directory_messages_from').on(table.fromId, table.at),
  ],
);
