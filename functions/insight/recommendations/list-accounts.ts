import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { type LookedAt, ORDERS_MAX } from './read-baskets.ts';

/** What was bought longer ago tells little of what goes together today. */
const WINDOW_MS = 730 * DAY_MS;
/** Of more accounts one in so many is looked at: what they bought lies in memory, see {@link Stock}. */
const ACCOUNTS_MAX = 25_000;
/** So many accounts, or orders of theirs, are read at a time. */
const ACCOUNTS_PER_PAGE = 500;
const ORDERS_PER_PAGE = 4000;

/** Which accounts are looked at, and what of them. */
export interface CountedScope {
  since: number;
  /** One account in so many. */
  oneIn: number;
}

/** The last two years before the newest order: a business that has closed is looked at as it was. */
export async function findScope(db: Store, now: number): Promise<CountedScope> {
  const [row] = await db.read(
    statement(
      `WITH RECURSIVE used (currency) AS (SELECT min(currency) FROM orders UNION ALL
         SELECT (SELECT min(currency) FROM orders WHERE currency > used.currency) FROM used WHERE used.currency IS NOT NULL)
       SELECT (SELECT count(*) FROM accounts WHERE id = root_id AND first_placed_at IS NOT NULL),
         (SELECT max((SELECT max(placed_at) FROM orders AS o WHERE o.currency = used.currency AND o.placed_at <= ?))
          FROM used)`,
      now,
    ),
  );
  const [accounts, newest] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? now)];
  return { since: newest - WINDOW_MS, oneIn: Math.max(1, Math.ceil(accounts / ACCOUNTS_MAX)) };
}

/** When the newest order was placed that a scope was made for. */
export const newestOf = ({ since }: Pick<CountedScope, 'since'>): number => since + WINDOW_MS;

export interface AccountPage {
  accounts: LookedAt[];
  /** The last account passed; null behind the last of all. */
  reached: string | null;
}

/** The next accounts by id that bought anything within the scope, no more than can be read at once. */
export async function pageAccounts(
  db: Store,
  { since, oneIn }: CountedScope,
  after: string,
): Promise<AccountPage> {
  const rows = await db.read(
    statement(
      `SELECT a.id, (SELECT count(*) FROM orders WHERE root_id = a.id AND placed_at >= ?1),
         (SELECT placed_at FROM orders WHERE root_id = a.id AND placed_at >= ?1 ORDER BY placed_at DESC
           LIMIT 1 OFFSET ${ORDERS_MAX})
       FROM accounts AS a WHERE a.id = a.root_id AND a.withdrawn_at IS NULL AND a.id > ?2
       ORDER BY a.id LIMIT ${ACCOUNTS_PER_PAGE}`,
      since,
      after,
    ),
  );
  const accounts: LookedAt[] = [];
  let orders = 0;
  for (const [root, count, beyond] of rows) {
    const id = String(root);
    const of = Math.min(Number(count), ORDERS_MAX);
    if (of === 0 || !isDrawn(id, oneIn)) continue;
    const last = accounts.at(-1);
    if (last !== undefined && orders + of > ORDERS_PER_PAGE) return { accounts, reached: last.id };
    accounts.push({ id, since: beyond === null || beyond === undefined ? since : Number(beyond) + 1 });
    orders += of;
  }
  const isLast = rows.length < ACCOUNTS_PER_PAGE;
  return { accounts, reached: isLast ? null : String(rows.at(-1)?.[0]) };
}

/** By the end of its id, which is by chance. */
const isDrawn = (id: string, oneIn: number) => Number.parseInt(id.slice(-6), 16) % oneIn === 0;
