import { dayOf } from '../../ground/platform/business-time.ts';
import type { CompiledProgramme } from './compile.ts';
import { isInAudience } from './count.ts';
import { entitlement, nextTarget } from './entitlement.ts';
import { governing } from './periods.ts';
import type { RuleName } from './rule-name.ts';
import { type Total, totalKey } from './settle.ts';
import type { Period, Standing } from './types.ts';

/** How far an account is within a rule's running period; money in minor units. */
export interface RuleProgress {
  ruleId: string;
  ruleName: RuleName;
  version: number;
  period: Period;
  /** Counted spend of the period, settled or not. */
  spend: bigint;
  /** What that spend is owed. */
  reached: bigint;
  /** The spend at which the rule pays more; the three are null when nothing higher is left. */
  nextTarget: bigint | null;
  missing: bigint | null;
  pays: bigint | null;
}

/** One element per rule that runs today for this account, in the programme's order; `totals` by `totalKey`. */
export function progressOf(
  programme: CompiledProgramme,
  totals: ReadonlyMap<string, Pick<Total, 'spend'>>,
  { now, standing }: { now: number; standing: Standing },
): RuleProgress[] {
  const today = dayOf(now, programme.timeZone);
  return programme.rules.flatMap((compiled) => {
    const found = governing(compiled, today, standing.joiningDay);
    if (found === null) return [];
    const { rule, version } = found.version;
    if (!isInAudience(rule.audience, standing, now)) return [];
    const { period } = found;
    const spend = totals.get(totalKey({ ruleId: rule.id, version, period }))?.spend ?? 0n;
    const next = nextTarget(rule.scheme, spend);
    return [
      {
        ruleId: rule.id,
        ruleName: rule.name,
        version,
        period,
        spend,
        reached: entitlement(rule.scheme, spend),
        nextTarget: next?.spend ?? null,
        missing: next?.missing ?? null,
        pays: next?.pays ?? null,
      },
    ];
  });
}
