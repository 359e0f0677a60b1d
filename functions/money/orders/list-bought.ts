import { statement } from '../../../db/query.ts';
import type { Row, Store } from '../../../db/store.ts';
import type { Place } from '../accounts/places.ts';
import { productKeySql } from '../catalogue/product-key.ts';

/** So many of an account's newest orders are looked at, and so many products told of; of all where one order is meant. */
const ORDERS_MAX = 1000;
const PRODUCTS_MAX = 300;
const ALL_PRODUCTS_MAX = 10_000;

/** More than any moment in milliseconds. */
const PAID_FIRST = 10 ** 15;

/** A product that somebody bought before, as its newest line tells it; a line that was given for nothing only where there is no other. */
export interface BoughtProduct {
  key: string;
  sku: string | null;
  name: string;
  category: string | null;
  /** How much of it was bought last, in thousandths. */
  quantityMilli: number;
  /** What one piece cost then, after discount, rounded half up. */
  unitMinor: bigint;
  currency: string;
  /** When it was bought, in epoch milliseconds, each order once. */
  moments: readonly number[];
}

/**
 * What was bought for an account, of the orders that a place shows: neither what was cancelled or wholly given back nor gift
 * cards, the last bought first. What stands in the order of `orderId` is there in any case, but for its gift cards.
 */
export async function listBought(
  db: Store,
  { rootId, departments, onlyOrdersOf }: Pick<Place, 'rootId' | 'departments' | 'onlyOrdersOf'>,
  orderId: string | null = null,
): Promise<BoughtProduct[]> {
  const rows = await db.read(
    statement(
      // SQLite takes bare columns from the row of the only maximum: the newest line that was paid for, else the newest.
      `SELECT ${productKeySql} AS key, max(o.placed_at + (l.total_minor > l.discount_minor) * ${PAID_FIRST}), l.sku, l.product, l.category, l.quantity_milli,
         CAST(l.total_minor - l.discount_minor AS TEXT), o.currency, group_concat(DISTINCT o.placed_at)
       FROM (SELECT id, placed_at, currency, is_cancelled FROM (SELECT * FROM orders WHERE root_id = ?1
             AND (?2 IS NULL OR account_id IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR customer_id = ?3)
             ORDER BY placed_at DESC LIMIT ${ORDERS_MAX})
           UNION SELECT id, placed_at, currency, is_cancelled FROM orders WHERE id = ?4) AS o
         CROSS JOIN order_lines AS l ON l.order_id = o.id
       WHERE l.is_gift_card = 0 AND l.quantity_milli > 0 AND (l.sku <> '' OR l.product <> '')
         AND (o.id = ?4 OR (o.is_cancelled = 0
           AND (l.refunded_minor < l.total_minor - l.discount_minor OR l.total_minor = l.discount_minor)))
       GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?5`,
      rootId,
      departments === null ? null : JSON.stringify(departments),
      ...[onlyOrdersOf, orderId, orderId === null ? PRODUCTS_MAX : ALL_PRODUCTS_MAX],
    ),
  );
  return rows.map(toBought);
}

function toBought([key, , sku, product, category, quantity, paid, currency, moments]: Row): BoughtProduct {
  const quantityMilli = Number(quantity);
  return {
    key: String(key),
    sku: textOf(sku),
    name: textOf(product) ?? textOf(sku) ?? '',
    category: textOf(category),
    quantityMilli,
    unitMinor: unitPrice(BigInt(String(paid)), quantityMilli),
    currency: String(currency),
    moments: String(moments).split(',').map(Number),
  };
}

/** What one piece costs of some, in minor units, rounded half up. */
function unitPrice(paidMinor: bigint, quantityMilli: number): bigint {
  const quantity = BigInt(quantityMilli);
  return (paidMinor * 2000n + quantity) / (2n * quantity);
}

/** What so many thousandths of a piece cost, in minor units, rounded half up. */
export function priceOf(unitMinor: bigint, quantityMilli: number): bigint {
  return (unitMinor * BigInt(quantityMilli) + 500n) / 1000n;
}

const textOf = (value: Row[number] | undefined) =>
  value === null || value === undefined || value === '' ? null : String(value);
