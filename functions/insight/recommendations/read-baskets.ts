import { statement } from '../../../db/query.ts';
import type { Row, Store } from '../../../db/store.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import { productKeySql } from '../../money/catalogue/product-key.ts';
import { type AccountBasket, basketProduct, keepLatest } from './basket.ts';

/** What of a line `l` of an order `o` counts as bought: not what was wholly given back, cancelled, or paid for a gift card. */
const isBought = `o.is_cancelled = 0 AND l.is_gift_card = 0
  AND (l.refunded_minor < l.total_minor - l.discount_minor OR l.total_minor = l.discount_minor)`;

/** The name is that of the newest line: SQLite takes bare columns from the row of the only maximum. */
const columns = `${productKeySql} AS key, max(o.placed_at), l.product, group_concat(DISTINCT o.placed_at), l.category`;

/** An account whose orders are looked at from a moment on. */
export interface LookedAt {
  id: string;
  since: number;
}

/** What one product's moments were, before they are days. */
export interface BoughtMoments {
  key: string;
  name: string | null;
  category: string | null;
  moments: readonly number[];
}

/** What some root accounts bought, by account; who bought nothing is left out. */
export async function readBought(
  db: Store,
  accounts: readonly LookedAt[],
): Promise<Map<string, BoughtMoments[]>> {
  const rows = await db.read(
    statement(
      `SELECT o.root_id, ${columns} FROM json_each(?1) AS listed
         CROSS JOIN orders AS o ON o.root_id = listed.value ->> 0 AND o.placed_at >= listed.value ->> 1
         CROSS JOIN order_lines AS l ON l.order_id = o.id
       WHERE ${isBought} AND (l.sku <> '' OR l.product <> '') GROUP BY 1, 2`,
      JSON.stringify(accounts.map(({ id, since }) => [id, since])),
    ),
  );
  const byAccount = new Map<string, BoughtMoments[]>();
  for (const [root, ...row] of rows) {
    const id = String(root);
    const bought = byAccount.get(id) ?? [];
    byAccount.set(id, bought);
    bought.push(toMoments(row));
  }
  return byAccount;
}

/** So many of an account's newest orders are looked at. */
export const ORDERS_MAX = 1000;

/** Whose orders of an account are meant; null for all of them. */
export interface BasketOf {
  rootId: string;
  departments: readonly string[] | null;
  onlyOrdersOf: string | null;
}

/** What somebody may see of what an account bought. */
export async function readBasket(db: Store, of: BasketOf, timeZone: string): Promise<AccountBasket> {
  const { rootId, departments, onlyOrdersOf } = of;
  const rows = await db.read(
    statement(
      `SELECT ${columns} FROM (SELECT id, placed_at, is_cancelled FROM orders WHERE root_id = ?1
           AND (?2 IS NULL OR account_id IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR customer_id = ?3)
           ORDER BY placed_at DESC LIMIT ${ORDERS_MAX}) AS o
         CROSS JOIN order_lines AS l ON l.order_id = o.id
       WHERE ${isBought} AND (l.sku <> '' OR l.product <> '') GROUP BY 1`,
      rootId,
      departments === null ? null : JSON.stringify(departments),
      onlyOrdersOf,
    ),
  );
  return keepLatest(rows.map((row) => toBasketProduct(toMoments(row), timeZone)));
}

/** The same product by business days. */
export function toBasketProduct({ moments, ...product }: BoughtMoments, timeZone: string) {
  return basketProduct({ ...product, days: moments.map((at) => dayNumber(dayOf(at, timeZone))) });
}

function toMoments([key, , name, moments, category]: Row): BoughtMoments {
  return {
    ...{ key: String(key), name: textOf(name), category: textOf(category) },
    moments: String(moments).split(',').map(Number),
  };
}

const textOf = (value: Row[number] | undefined) =>
  value === null || value === undefined || value === '' ? null : String(value);
