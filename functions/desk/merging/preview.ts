import { pendingSum } from '../../money/accounts/build-balance.ts';
import type { RuleTotal } from '../../money/accounts/root.ts';
import type { RuleName } from '../../money/rewards/rule-name.ts';
import { earlier } from './earlier.ts';
import { fillable, filledBy } from './people-rows.ts';
import type { PlannedMerge } from './plan-merge.ts';
import type { MergedPerson } from './queries.ts';

/** One of the two as the preview shows them; sums in minor units of the business currency. */
export interface PreviewSide {
  id: string;
  email: string | null;
  name: string | null;
  memberNumber: string | null;
  joinedAt: number | null;
  /** A customer since then: the first order or joining, whichever was earlier, else when they were recorded. */
  knownSince: number;
  orders: number;
  /** Below zero it is owed. */
  balanceMinor: bigint;
  pendingMinor: bigint;
}

/** What would come of a merge, and why; nothing of it is written. */
export interface MergePreview {
  survivor: PreviewSide;
  merged: PreviewSide;
  after: { orders: number; balanceMinor: bigint; pendingMinor: bigint; vouchersMinor: bigint };
  currency: string | null;
  /** Rules of which the whole earns other than the parts did. */
  rules: { name: RuleName; partsMinor: bigint; wholeMinor: bigint }[];
  /** What makes good that the whole earns less. */
  keptMinor: bigint;
  /** What the survivor had not told and gets. */
  filled: (typeof fillable)[number][];
  /** What both told otherwise: the survivor's word counts. */
  differing: (typeof fillable)[number][];
  /** The membership of the club goes over. */
  isClubMoved: boolean;
}

export function toPreview(plan: PlannedMerge): MergePreview {
  const { people, from, to, transfer, business, club } = plan;
  const { survivor, merged } = people;
  const after = transfer?.coming;
  const sideOf = (person: MergedPerson, side: typeof from) => ({
    id: person.id,
    email: person.email,
    name: person.name,
    memberNumber: person.memberNumber,
    joinedAt: person.claimedAt,
    knownSince: earlier(side?.root.firstPlacedAt ?? null, side?.root.signedUpAt ?? null) ?? person.createdAt,
    orders: side?.orders.length ?? 0,
    balanceMinor: side?.root.balanceMinor ?? 0n,
    pendingMinor: pendingSum(side?.totals ?? new Map(), business),
  });
  const filled = filledBy(people);
  return {
    survivor: sideOf(survivor, to),
    merged: sideOf(merged, from),
    after: {
      orders: to.orders.length + (from?.orders.length ?? 0),
      balanceMinor: after?.root.balanceMinor ?? to.root.balanceMinor,
      pendingMinor: pendingSum(after?.totals ?? to.totals, business),
      vouchersMinor: (after?.issued ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    },
    currency: business.currency,
    rules: rulesOf(plan),
    keptMinor: transfer?.keptMinor ?? 0n,
    filled: fillable.filter((field) => filled.includes(field)),
    differing: fillable.filter(
      (field) => survivor[field] !== null && merged[field] !== null && survivor[field] !== merged[field],
    ),
    isClubMoved: club?.steps.some(({ kind }) => kind === 'club_begun') ?? false,
  };
}

function rulesOf({ from, to, transfer, business }: PlannedMerge): MergePreview['rules'] {
  const parts = sumsByRule([...to.totals.values(), ...(from?.totals.values() ?? [])]);
  const whole = sumsByRule([...(transfer?.coming.totals.values() ?? to.totals.values())]);
  return [...new Set([...parts.keys(), ...whole.keys()])].flatMap((ruleId) => {
    const partsMinor = parts.get(ruleId) ?? 0n;
    const wholeMinor = whole.get(ruleId) ?? 0n;
    const name = business.compiled?.ruleById.get(ruleId)?.newestFirst[0]?.rule.name;
    return partsMinor === wholeMinor || name === undefined ? [] : [{ name, partsMinor, wholeMinor }];
  });
}

function sumsByRule(totals: readonly RuleTotal[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { ruleId, posted } of totals) sums.set(ruleId, (sums.get(ruleId) ?? 0n) + posted);
  return sums;
}
