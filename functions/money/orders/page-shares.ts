import { type SettledRow, totalKey } from '../rewards/settle.ts';

/** An order's own counted rows, and what the orders after it count, as one row per total and state. */
export interface ShareRows {
  own: SettledRow[];
  later: SettledRow[];
}

/** A counted row as it is kept; a sum of several has no end and no settling of its own. */
export interface KeptCount {
  ruleId: string;
  version: number;
  periodStart: string;
  periodEnd?: string | null;
  countedMinor: bigint;
  settlesAt?: number | null;
  isSettled: boolean;
}

/**
 * What the shares of a page of orders are computed from, in one pass. `rows` are all counted rows of the root account
 * from the page's oldest order through its newest, newest first; `later` is what comes after them, summed.
 */
export function shareRowsOf(
  rows: readonly (KeptCount & { orderId: string })[],
  later: readonly KeptCount[],
  orderIds: ReadonlySet<string>,
): Map<string, ShareRows> {
  const sums = new Map<string, SettledRow>();
  const shares = new Map<string, ShareRows>();
  for (const row of later) add(sums, toSettledRow(row));
  for (const [orderId, kept] of Map.groupBy(rows, (row) => row.orderId)) {
    const own = kept.map(toSettledRow);
    if (orderIds.has(orderId)) shares.set(orderId, { own, later: [...sums.values()] });
    for (const row of own) add(sums, row);
  }
  return shares;
}

/** A kept row as the rewards core knows it. */
export function toSettledRow(row: KeptCount): SettledRow {
  const { ruleId, version, periodStart, periodEnd = null, settlesAt = null, isSettled } = row;
  const period = { start: periodStart, end: periodEnd };
  return { ruleId, version, period, counted: row.countedMinor, settlesAt, isSettled };
}

/** Sums are replaced, never changed: orders that were given them keep theirs. */
function add(sums: Map<string, SettledRow>, row: SettledRow): void {
  const key = `${totalKey(row)} ${row.isSettled}`;
  const before = sums.get(key);
  sums.set(key, before === undefined ? row : { ...row, counted: before.counted + row.counted });
}
