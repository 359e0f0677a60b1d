import { type CompiledProgramme, versionKey } from './compile.ts';
import { countedOf } from './count.ts';
import { entitlement } from './entitlement.ts';
import { totalKey } from './settle.ts';
import type { OrderFacts, Period, Standing } from './types.ts';

/** What an account should have for one rule version and period, computed from nothing but its orders. */
export interface RecomputedTotal {
  ruleId: string;
  version: number;
  period: Period;
  spend: bigint;
  settled: bigint;
  /** `E(spend)`. */
  entitlement: bigint;
  /** `E(settled)`: what the ledger must have posted. */
  posted: bigint;
}

/** All totals of one root account at `now`, by `totalKey`; periods that count nothing are absent. */
export function recomputeAccount(
  orders: Iterable<OrderFacts>,
  programme: CompiledProgramme,
  standing: Standing,
  now: number,
): Map<string, RecomputedTotal> {
  const totals = new Map<string, RecomputedTotal>();
  for (const order of orders) {
    for (const row of countedOf(order, programme, standing)) {
      const total = totals.get(totalKey(row)) ?? emptyTotal(row);
      total.spend += row.counted;
      if (row.settlesAt !== null && row.settlesAt <= now) total.settled += row.counted;
      totals.set(totalKey(row), total);
    }
  }
  for (const total of totals.values()) {
    const scheme = programme.versionByKey.get(versionKey(total.ruleId, total.version))?.rule.scheme;
    if (scheme === undefined) continue;
    total.entitlement = entitlement(scheme, total.spend);
    total.posted = entitlement(scheme, total.settled);
  }
  return totals;
}

function emptyTotal({
  ruleId,
  version,
  period,
}: {
  ruleId: string;
  version: number;
  period: Period;
}): RecomputedTotal {
  return { ruleId, version, period, spend: 0n, settled: 0n, entitlement: 0n, posted: 0n };
}
