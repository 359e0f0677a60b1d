import { type SQL, sql } from 'drizzle-orm';
import type { Business } from '../../../money/business/business.ts';
import { levelTermsOf } from './terms.ts';
import { fallsAt, windowsAt } from './windows.ts';

/** What the spend of windows is asked with: their ends and falls as JSON, and the currency that counts. */
export interface WindowFilter {
  windows: string;
  currency: string;
}

/** The windows that hold something at `now`, for {@link levelNumber}. Orders placed after `until` count nowhere. */
export function windowFilter(
  business: Pick<Business, 'settings' | 'timeZone' | 'currency'>,
  now: number,
  until: number | null = null,
): WindowFilter {
  const terms = levelTermsOf(business);
  const { timeZone, currency } = business;
  const held = windowsAt(terms, now, timeZone).flatMap((window) => {
    const falls = fallsAt(window, now, { terms, timeZone });
    if (falls === null) return [];
    const { from, to } = window;
    return [[from, to === null || until === null ? to : Math.min(to, until + 1), falls]];
  });
  return { windows: JSON.stringify(held), currency: currency ?? '' };
}

/** What an account spent in a window, `value` being its JSON and `0`, `1` its ends. */
export const spendWithin = (account: SQL, currency: SQL) => sql`CASE WHEN value ->> 0 IS NULL
  THEN coalesce((SELECT spend_minor FROM account_spend WHERE root_id = ${account} AND currency = ${currency}), 0)
  ELSE coalesce((SELECT sum(total_minor - discount_minor - refunded_minor) FROM orders INDEXED BY orders_root_placed
    WHERE root_id = ${account} AND placed_at >= value ->> 0 AND placed_at < value ->> 1 AND +currency = ${currency}
      AND is_cancelled = 0), 0) END`;

/** The number of an account's level, from 1 for the lowest, 0 while there are no levels, as `numberAt` reckons it. */
export const levelNumber = (account: SQL, { windows, currency }: { windows: SQL; currency: SQL }) =>
  sql<number>`CASE WHEN NOT EXISTS (SELECT 1 FROM club_levels) THEN 0 ELSE max(1, coalesce((SELECT max((SELECT count(*) FROM club_levels AS l WHERE l.from_minor <= w.spend) - w.falls)
    FROM (SELECT value ->> 2 AS falls, ${spendWithin(account, currency)} AS spend
      FROM json_each(${windows}) LIMIT -1) AS w), 1)) END`;

/** The same for a prepared query that is asked with a {@link WindowFilter}. */
export const askedLevelNumber = (account: SQL) =>
  levelNumber(account, {
    windows: sql`${sql.placeholder('windows')}`,
    currency: sql`${sql.placeholder('currency')}`,
  }).mapWith(Number);
