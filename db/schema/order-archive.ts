import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { done } from './columns.ts';

/** An order that its people put out of sight; deleted when they want to see it among the others again. */
export const shelvedOrders = sqliteTable('shelved_orders', {
  orderId: text('order_id').primaryKey(),
  ...done(),
});
