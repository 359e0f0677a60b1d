import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import { smallerOf } from '../../ground/platform/money.ts';
import type { Order, OrderLine } from '../../money/orders/order.ts';
import type { OrderState } from '../../money/orders/order-state.ts';
import { deliveredWhole } from './delivered-at.ts';
import { isOffered, type ReturnRule, type ReturnTerms } from './terms.ts';

/** Why a line cannot go back; the first that holds, in this order. */
export const keptReasons = [
  'cancelled',
  'gift_card',
  'all_back',
  'not_offered',
  'not_delivered',
  'never',
  'too_late',
] as const;
export type KeptReason = (typeof keptReasons)[number];

/** What of one line may go back. */
export interface ReturnableLine {
  lineId: string;
  product: string | null;
  sku: string | null;
  category: string | null;
  /** How many were bought, and how many are left to go back, in thousandths. */
  quantityMilli: number;
  leftMilli: number;
  /** The last business day on which it may be asked for; null where there is none, or it has not come yet. */
  until: string | null;
  /** Null where it may go back. */
  reason: KeptReason | null;
}

interface About {
  order: Pick<Order, 'lines' | 'events'>;
  state: Pick<OrderState, 'isCancelled' | 'refundedByLine'>;
  terms: ReturnTerms;
  /** Of the account, `first`, `repeat` or `advocate`; null where it has none. */
  level: string | null;
  /** What of each line is in returns that stand, in thousandths. */
  taken: ReadonlyMap<string, number>;
  /** The business day on which it is asked. */
  today: string;
  timeZone: string;
}

/** What of an order may go back until when, and if not, why. */
export function listReturnable(about: About): ReturnableLine[] {
  const deliveredAt = deliveredWhole(about.order.events);
  return about.order.lines.map((line) => {
    const { lineId, product, sku, category, quantityMilli } = line;
    const leftMilli = Math.max(0, quantityMilli - (about.taken.get(lineId) ?? 0));
    const days = daysOf(line, about);
    const until = lastDay(deliveredAt, days, about.timeZone);
    const reason = keptBecause(line, { ...about, leftMilli, days, until });
    return { lineId, product, sku, category, quantityMilli, leftMilli, until, reason };
  });
}

function keptBecause(
  line: OrderLine,
  {
    state,
    terms,
    leftMilli,
    days,
    until,
    today,
  }: About & { leftMilli: number; days: number | null; until: string | null },
): KeptReason | null {
  if (state.isCancelled) return 'cancelled';
  if (line.isGiftCard) return 'gift_card';
  const paid = line.totalMinor - line.discountMinor;
  const back = state.refundedByLine.get(line.lineId) ?? 0n;
  if (leftMilli === 0 || (paid > 0n && back >= paid)) return 'all_back';
  if (days === null) return isOffered(terms) ? 'never' : 'not_offered';
  if (until === null) return 'not_delivered';
  return today > until ? 'too_late' : null;
}

/** Of the first rule that fits, else of all. */
function daysOf(line: OrderLine, { terms, level }: Pick<About, 'terms' | 'level'>): number | null {
  const fitting = terms.rules.find((rule) => fits(rule, line, level));
  return fitting === undefined ? terms.days : fitting.days;
}

function fits({ categories, levels }: ReturnRule, line: OrderLine, level: string | null): boolean {
  const isWhat = categories.length === 0 || fitsCategory(line, categories);
  return isWhat && (levels.length === 0 || levels.some((one) => one === level));
}

const fitsCategory = ({ category }: OrderLine, categories: readonly string[]) =>
  category !== null && categories.some((one) => one.toLowerCase() === category.toLowerCase());

/** The day on which the last of it came and as many behind it. */
function lastDay(deliveredAt: Moment | null, days: number | null, timeZone: string): string | null {
  if (deliveredAt === null || days === null) return null;
  return addDays(deliveredAt.day ?? dayOf(deliveredAt.at, timeZone), days);
}

/**
 * What so many of a line are worth, in minor units: what was paid for all, shared out so that the parts add up to it whatever
 * they are, and never more than is left of it.
 */
export function worthOf(
  line: Pick<OrderLine, 'quantityMilli' | 'totalMinor' | 'discountMinor'>,
  { takenMilli, milli, leftMinor }: { takenMilli: number; milli: number; leftMinor: bigint },
): bigint {
  const paid = line.totalMinor - line.discountMinor;
  const all = BigInt(line.quantityMilli);
  const upTo = (count: number) => (paid * BigInt(count)) / all;
  const share = upTo(takenMilli + milli) - upTo(takenMilli);
  return smallerOf(share, leftMinor);
}
