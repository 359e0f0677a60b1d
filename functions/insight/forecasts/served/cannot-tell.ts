/** Why a forecast of a business is not given. */
export type CannotTell = 'few_accounts' | 'short_history' | 'wide_interval';

/** DOMAIN.md §5: at least so many accounts with an order, and so many days of history. */
const ACCOUNTS_LEAST = 30;
const HISTORY_DAYS_LEAST = 90;

/**
 * The interval of 80 % around what all accounts together will do may be as wide as the forecast itself: from half of it to
 * one and a half times as much. A wider one helps nobody decide anything.
 */
const WIDTH_MOST = 1;

/** Null where a forecast can be given. `total` is what all accounts together are expected to do. */
export function cannotTell({
  accounts,
  historyDays,
  total,
}: {
  accounts: number;
  historyDays: number;
  total: { expected: number; low: number; high: number };
}): CannotTell | null {
  if (accounts < ACCOUNTS_LEAST) return 'few_accounts';
  if (historyDays < HISTORY_DAYS_LEAST) return 'short_history';
  return total.high - total.low > WIDTH_MOST * total.expected ? 'wide_interval' : null;
}
