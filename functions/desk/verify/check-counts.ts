import { type RuleTotal, standingOf, totalsByKey } from '../../money/accounts/root.ts';
import type { Business } from '../../money/business/business.ts';
import { factsOf } from '../../money/orders/order-state.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { countedOf } from '../../money/rewards/count.ts';
import { entitlement } from '../../money/rewards/entitlement.ts';
import { type SettledRow, totalKey } from '../../money/rewards/settle.ts';
import type { Counted, Standing } from '../../money/rewards/types.ts';
import type { Findings } from './difference.ts';
import type { Evidence, OrderEvidence } from './evidence.ts';

/**
 * Counted rows against what the rules count of the orders, totals against the counted rows. A row whose waiting days
 * are over but that no job has settled yet is no difference; one that was settled too early is. An account that the
 * newest programme has not reached yet is not counted again, only added up.
 */
export function checkCounts(
  evidence: Evidence,
  { business, now, isWaiting }: { business: Business; now: number; isWaiting: boolean },
  { compare }: Findings,
): void {
  compare('account_stray_counts', 0, evidence.strayCounted);
  const standing = standingOf(evidence.root, business, now);
  const sums = new Map<string, { spend: bigint; settled: bigint }>();
  for (const one of evidence.orders) {
    const expected = isWaiting ? one.counted : expectedRows(one, business, standing);
    checkRows(one, expected, now, compare);
    for (const row of expected) {
      const isSettled = isSettledAsKept(one.counted, row);
      const sum = sums.get(totalKey(row)) ?? { spend: 0n, settled: 0n };
      sum.spend += row.counted;
      if (isSettled) sum.settled += row.counted;
      sums.set(totalKey(row), sum);
    }
  }
  checkTotals(sums, totalsByKey(evidence.totals), business, compare);
}

function expectedRows({ order, state, voucherPaid }: OrderEvidence, business: Business, standing: Standing) {
  if (business.compiled === null) return [];
  return countedOf(factsOf(order, state, voucherPaid), business.compiled, standing);
}

function checkRows(
  { order, counted }: OrderEvidence,
  expected: readonly Counted[],
  now: number,
  compare: Findings['compare'],
): void {
  const name = `${order.source}/${order.number}`;
  for (const row of expected) {
    const kept = counted.find((one) => isSame(one, row));
    const of = { order: name, rule: versionKey(row.ruleId, row.version) };
    compare('counted', textOf(row), kept === undefined ? null : textOf(kept), of);
    const isTooEarly = kept?.isSettled === true && (kept.settlesAt === null || kept.settlesAt > now);
    compare('counted_early', false, isTooEarly, of);
  }
  for (const row of counted) {
    if (expected.some((one) => isSame(one, row))) continue;
    compare('counted', null, textOf(row), { order: name, rule: versionKey(row.ruleId, row.version) });
  }
}

function checkTotals(
  sums: ReadonlyMap<string, { spend: bigint; settled: bigint }>,
  kept: ReadonlyMap<string, RuleTotal>,
  business: Business,
  compare: Findings['compare'],
): void {
  for (const key of new Set([...sums.keys(), ...kept.keys()])) {
    const sum = sums.get(key) ?? { spend: 0n, settled: 0n };
    const total = kept.get(key);
    compare('total_spend', sum.spend, total?.spend ?? 0n, { key });
    compare('total_settled', sum.settled, total?.settled ?? 0n, { key });
    const version = business.compiled?.versionByKey.get(key.slice(0, key.lastIndexOf('/')));
    const owed = version === undefined ? 0n : entitlement(version.rule.scheme, sum.settled);
    compare('total_posted', owed, total?.posted ?? 0n, { key });
  }
}

function isSettledAsKept(counted: readonly SettledRow[], row: Counted): boolean {
  return counted.find((one) => isSame(one, row))?.isSettled ?? false;
}

function isSame(a: Counted, b: Counted): boolean {
  return a.ruleId === b.ruleId && a.version === b.version;
}

function textOf({ counted, period, settlesAt }: Counted): string {
  return `${counted} in ${period.start} to ${period.end ?? 'ever'}, settling ${settlesAt ?? 'after delivery'}`;
}
