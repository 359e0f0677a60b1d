/** An account that spent something within the last 365 days. */
export interface Spender {
  rootId: string;
  yearSpendMinor: bigint;
  /** To date. */
  spendMinor: bigint;
  firstOn: string | null;
}

/** Its place by spend of the last 365 days: those who spent as much have the same. */
export type SpenderAt<Account extends Spender> = Account & { place: number };

/**
 * The first of some accounts by what they spent in the last 365 days. Of those who spent as much, who spent more to date comes
 * first, then who came first, then whose id is less: so that the last place never falls to somebody by chance.
 */
export function firstAccounts<Account extends Spender>(
  accounts: readonly Account[],
  count: number,
): SpenderAt<Account>[] {
  const sorted = [...accounts].sort(
    (a, b) =>
      falling(a.yearSpendMinor, b.yearSpendMinor) ||
      falling(a.spendMinor, b.spendMinor) ||
      (a.firstOn ?? '').localeCompare(b.firstOn ?? '') ||
      a.rootId.localeCompare(b.rootId),
  );
  const places = new Map<bigint, number>();
  for (const [at, { yearSpendMinor }] of sorted.entries())
    if (!places.has(yearSpendMinor)) places.set(yearSpendMinor, at + 1);
  return sorted
    .slice(0, count)
    .map((account) => ({ ...account, place: places.get(account.yearSpendMinor) ?? 0 }));
}

const falling = (a: bigint, b: bigint) => (a > b ? -1 : a < b ? 1 : 0);
