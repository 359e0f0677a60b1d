import { dayOf, plusDays } from '../../ground/platform/business-time.ts';
import { smallerOf } from '../../ground/platform/money.ts';
import { type CompiledProgramme, type CompiledRule, type CompiledVersion, foldName } from './compile.ts';
import { type Governing, governing } from './periods.ts';
import type {
  Audience,
  ClubSpan,
  Counted,
  LeftOutReason,
  OrderFacts,
  OrderLineFacts,
  Period,
  Standing,
} from './types.ts';

/**
 * What an order counts for each rule, in the programme's order; rules for which it counts nothing are left out.
 * `standing` is that of the account.
 */
export function countedOf(order: OrderFacts, programme: CompiledProgramme, standing: Standing): Counted[] {
  if (orderReason(order, programme) !== null) return [];
  const day = dayOf(order.placedAt, programme.timeZone);
  const rows: Counted[] = [];
  for (const rule of programme.rules) {
    const found = governing(rule, day, standing.joiningDay);
    if (found === null || isForOthers(order, found.version, standing)) continue;
    const counted = sumFor(order, found.version);
    if (counted !== 0n) rows.push(countedRow({ order, programme, found, counted }));
  }
  return rows;
}

/** Why a line counts what it does; `lineId` is `shipping`, `tax` or `voucher` for what belongs to the order. */
export interface CountedLine {
  lineId: string;
  counted: bigint;
  reason: LeftOutReason | null;
}

/** One rule's view of an order; `lines` add up to `counted`. Version and period are null where no version governs. */
export interface CountExplanation {
  ruleId: string;
  version: number | null;
  period: Period | null;
  counted: bigint;
  settlesAt: number | null;
  /** The rule is for others than the account was when it ordered. */
  isForOthers: boolean;
  lines: CountedLine[];
}

/** The same count with the reason of every line, for every rule of the programme. */
export function explainCount(
  order: OrderFacts,
  programme: CompiledProgramme,
  standing: Standing,
): CountExplanation[] {
  const reason = orderReason(order, programme);
  const day = dayOf(order.placedAt, programme.timeZone);
  return programme.rules.map((rule) => {
    const found = governing(rule, day, standing.joiningDay);
    const isLeftOut = found !== null && isForOthers(order, found.version, standing);
    return explainRule({
      order,
      programme,
      rule,
      reason: reason ?? (isLeftOut ? 'other_audience' : null),
      isForOthers: isLeftOut,
      found,
    });
  });
}

/** When what an order counts becomes settled: its delivery plus the waiting days, at the same time of the clock. */
function settlesAtOf(order: OrderFacts, version: CompiledVersion, timeZone: string): number | null {
  if (order.deliveredAt === null) return null;
  return plusDays(order.deliveredAt, version.rule.settleAfterDays, timeZone);
}

/** Whether a moment lies in one of some spans, as those in the club. */
export function isInClub(club: readonly ClubSpan[], at: number): boolean {
  return club.some(({ since, until }) => since <= at && (until === null || at < until));
}

function isForOthers(order: OrderFacts, { rule }: CompiledVersion, standing: Standing): boolean {
  return !isInAudience(rule.audience, standing, order.placedAt);
}

/** Whether an account was among those whom a rule is for at a moment. */
export function isInAudience(audience: Audience, { club, segments }: Standing, at: number): boolean {
  if (audience === 'everyone') return true;
  return isInClub(audience === 'club' ? club : (segments?.get(audience) ?? []), at);
}

function countedRow(row: {
  order: OrderFacts;
  programme: CompiledProgramme;
  found: Governing;
  counted: bigint;
}): Counted {
  const { version, period } = row.found;
  return {
    ruleId: version.rule.id,
    version: version.version,
    period,
    counted: row.counted,
    settlesAt: settlesAtOf(row.order, version, row.programme.timeZone),
  };
}

function orderReason(order: OrderFacts, programme: CompiledProgramme): LeftOutReason | null {
  if (order.isCancelled) return 'cancelled';
  if (order.isHeld) return 'on_hold';
  return order.currency === programme.currency ? null : 'other_currency';
}

function sumFor(order: OrderFacts, version: CompiledVersion): bigint {
  let sum = 0n;
  let hasCountedLine = false;
  for (const line of order.lines) {
    if (lineReason(line, version) !== null) continue;
    hasCountedLine = true;
    sum += line.total - line.discount - line.refunded;
  }
  if (!hasCountedLine) return 0n;
  const { counts } = version.rule;
  if (counts.shipping) sum += order.shipping;
  if (counts.tax) sum += order.tax;
  return counts.vouchers ? sum : sum - smallerOf(order.voucherPaid, sum);
}

function lineReason(line: OrderLineFacts, version: CompiledVersion): LeftOutReason | null {
  if (line.isGiftCard) return 'gift_card';
  if (isExcluded(line.category, version.excludedCategories)) return 'excluded_category';
  return isExcluded(line.sku, version.excludedSkus) ? 'excluded_sku' : null;
}

function isExcluded(name: string | null, excluded: Set<string>): boolean {
  return name !== null && excluded.size > 0 && excluded.has(foldName(name));
}

function explainRule(view: {
  order: OrderFacts;
  programme: CompiledProgramme;
  rule: CompiledRule;
  reason: LeftOutReason | null;
  isForOthers: boolean;
  found: Governing | null;
}): CountExplanation {
  const { order, programme, rule, found } = view;
  const reason = view.reason ?? (found === null ? 'outside_dates' : null);
  const lines =
    reason === null && found !== null
      ? explainLines(order, found.version)
      : order.lines.map((line) => ({ lineId: line.id, counted: 0n, reason }));
  return {
    ruleId: rule.id,
    version: found?.version.version ?? null,
    period: found?.period ?? null,
    counted: lines.reduce((sum, line) => sum + line.counted, 0n),
    settlesAt: found === null ? null : settlesAtOf(order, found.version, programme.timeZone),
    isForOthers: view.isForOthers,
    lines,
  };
}

function explainLines(order: OrderFacts, version: CompiledVersion): CountedLine[] {
  const lines = order.lines.map((line): CountedLine => {
    const reason = lineReason(line, version);
    return {
      lineId: line.id,
      counted: reason === null ? line.total - line.discount - line.refunded : 0n,
      reason,
    };
  });
  if (lines.every(({ reason }) => reason !== null)) return lines;
  const { counts } = version.rule;
  if (counts.shipping && order.shipping > 0n)
    lines.push({ lineId: 'shipping', counted: order.shipping, reason: null });
  if (counts.tax && order.tax > 0n) lines.push({ lineId: 'tax', counted: order.tax, reason: null });
  const sum = lines.reduce((total, line) => total + line.counted, 0n);
  const byVoucher = counts.vouchers ? 0n : smallerOf(order.voucherPaid, sum);
  if (byVoucher > 0n) lines.push({ lineId: 'voucher', counted: -byVoucher, reason: null });
  return lines;
}
