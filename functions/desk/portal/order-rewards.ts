import type { RuleTotal } from '../../money/accounts/root.ts';
import type { CompiledProgramme } from '../../money/rewards/compile.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { type CountExplanation, explainCount } from '../../money/rewards/count.ts';
import { explainShare } from '../../money/rewards/explain.ts';
import { type SettledRow, totalKey } from '../../money/rewards/settle.ts';
import { sharesOf } from '../../money/rewards/share.ts';
import type { OrderFacts, Period, Standing } from '../../money/rewards/types.ts';
import type { OrderRewardView } from './order-types.ts';

/** What an order's rewards are computed from; `later` are the counted rows of the orders after it, or their sums. */
export interface RewardParts {
  facts: OrderFacts;
  products: ReadonlyMap<string, string | null>;
  own: readonly SettledRow[];
  later: readonly SettledRow[];
  totals: ReadonlyMap<string, RuleTotal>;
  standing: Standing;
}

/**
 * What an order earned under every rule that governed its day, and why: the parts of each add up to what it earned and
 * what is pending, and every line says what it counted or why it did not. Rules that were for others are left out.
 */
export function orderRewards(parts: RewardParts, programme: CompiledProgramme): OrderRewardView[] {
  const { own, later, totals } = parts;
  const shares = sharesOf(programme, own, totals, later);
  return explainCount(parts.facts, programme, parts.standing).flatMap((view): OrderRewardView[] => {
    const { version, period } = view;
    if (version === null || period === null || view.isForOthers) return [];
    const rule = programme.versionByKey.get(versionKey(view.ruleId, version))?.rule;
    if (rule === undefined) return [];
    const amount = (minor: bigint) => ({ minor, currency: programme.currency });
    const key = totalKey({ ruleId: view.ruleId, version, period });
    const share = shares.find(({ row }) => totalKey(row) === key);
    const counted = share?.row.counted ?? 0n;
    const spendBefore = share?.spendBefore ?? spendUpTo({ ruleId: view.ruleId, version, period }, parts);
    return [
      {
        ruleName: rule.name,
        earned: amount(share?.earned ?? 0n),
        pending: amount(share?.pending ?? 0n),
        settlesAt: share === undefined || share.row.isSettled ? null : share.row.settlesAt,
        spendBefore: amount(spendBefore),
        spendAfter: amount(spendBefore + counted),
        parts: counted === 0n ? [] : explanation(explainShare(rule.scheme, spendBefore, counted), amount),
        lines: lineViews(view, parts.products, amount),
      },
    ];
  });
}

type ToAmount = (minor: bigint) => OrderRewardView['earned'];

function explanation(lines: ReturnType<typeof explainShare>, amount: ToAmount): OrderRewardView['parts'] {
  return lines.map(({ code, params, amount: minor }) => ({ code, params, amount: amount(minor) }));
}

function lineViews(
  { lines }: CountExplanation,
  products: RewardParts['products'],
  amount: ToAmount,
): OrderRewardView['lines'] {
  return lines.map(({ lineId, counted, reason }) => ({
    lineId,
    product: products.get(lineId) ?? null,
    counted: amount(counted),
    reason,
  }));
}

/** The counted spend of a period up to an order that counts nothing itself. */
function spendUpTo(
  total: { ruleId: string; version: number; period: Period },
  { totals, later }: RewardParts,
): bigint {
  const key = totalKey(total);
  const after = later.filter((row) => totalKey(row) === key);
  return after.reduce((left, row) => left - row.counted, totals.get(key)?.spend ?? 0n);
}
