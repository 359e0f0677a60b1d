import { sql } from 'drizzle-orm';

/** Every part of an order that vouchers or credit at the till paid and that was not taken back. */
export const orderPayments = sql`SELECT order_source, order_number, amount_minor FROM voucher_uses
  UNION ALL SELECT order_source, order_number, amount_minor FROM redemptions
    WHERE order_source IS NOT NULL AND id NOT IN (SELECT redemption_id FROM reversals)`;
