import { type CompiledProgramme, versionKey } from './compile.ts';
import { entitlement } from './entitlement.ts';
import { type SettledRow, type Total, totalKey } from './settle.ts';

/**
 * What one order adds to one rule's reward: its marginal part in the order of `placed_at` and number (DOMAIN §2).
 * `earned` is of settled spend, `pending` of the rest; `spendBefore` is the counted spend of the orders before it.
 */
export interface Share {
  row: SettledRow;
  earned: bigint;
  pending: bigint;
  spendBefore: bigint;
}

/**
 * The shares of one order, given the totals of its periods and the counted rows of the orders that come after it.
 * `earned + pending` is its part of all spend; `pending` is below zero where an order settled before earlier ones did.
 */
export function sharesOf(
  programme: CompiledProgramme,
  own: readonly SettledRow[],
  totals: ReadonlyMap<string, Total>,
  later: readonly SettledRow[],
): Share[] {
  return own.flatMap((row) => {
    const version = programme.versionByKey.get(versionKey(row.ruleId, row.version));
    const total = totals.get(totalKey(row));
    if (version === undefined || total === undefined) return [];
    const key = totalKey(row);
    const after = later.filter((one) => totalKey(one) === key);
    const marginal = (through: bigint, part: bigint) =>
      entitlement(version.rule.scheme, through) - entitlement(version.rule.scheme, through - part);
    const spendThrough = total.spend - sum(after);
    const settledThrough = total.settled - sum(after.filter((one) => one.isSettled));
    const earned = row.isSettled ? marginal(settledThrough, row.counted) : 0n;
    const pending = marginal(spendThrough, row.counted) - earned;
    return [{ row, earned, pending, spendBefore: spendThrough - row.counted }];
  });
}

function sum(rows: readonly SettledRow[]): bigint {
  return rows.reduce((total, row) => total + row.counted, 0n);
}
