import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { redemptions, voucherUses } from '../../../db/schema/index.ts';

const isOfOrder = (source: unknown, number: unknown) =>
  sql`${source} = ${sql.placeholder('source')} AND ${number} = ${sql.placeholder('number')}`;

/** The vouchers that paid a part of an order. */
export const listUsesOf = query((db) =>
  db
    .select({ code: voucherUses.code, amountMinor: voucherUses.amountMinor })
    .from(voucherUses)
    .where(isOfOrder(voucherUses.orderSource, voucherUses.orderNumber))
    .orderBy(voucherUses.code),
);

/** The credit that was taken for an order, also where it was given back since. */
export const listCreditOf = query((db) =>
  db
    .select({ amountMinor: redemptions.amountMinor })
    .from(redemptions)
    .where(isOfOrder(redemptions.orderSource, redemptions.orderNumber)),
);
