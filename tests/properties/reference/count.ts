import { dayAt, daysLater } from './calendar.ts';
import { governing, owed, periodAround, type Version } from './rule.ts';

/** An order as the tests told it, with all that was told of it later. */
export interface ToldOrder {
  source: string;
  number: string;
  root: string;
  placedAt: number;
  currency: string;
  lines: { id: string; total: bigint; discount: bigint; category: string | null; giftCard: boolean }[];
  shipping: bigint;
  tax: bigint;
  events: { source: string; id: string; status: string; at: number }[];
  refunds: { id: string; at: number; lines: { line: string; amount: bigint }[] }[];
  voucherPaid: bigint;
}

/** Sums of one root account, rule version and period: S of all lines, S of the settled ones. */
export interface Sums {
  version: Version;
  spend: bigint;
  settled: bigint;
}

/** A time in the club or in a segment: from the first moment that is in it to the first that is not. */
export type ClubTime = [since: number, until: number | null];

/** When an account was among those whom rules may be for: the club, and the segment there is. */
export interface Audiences {
  club: readonly ClubTime[];
  segment: readonly ClubTime[];
}

/** Everything DOMAIN §2 says about an account's spend, computed from nothing but its orders and its times in club and segment. */
export function sumsOf(
  orders: readonly ToldOrder[],
  { club, segment }: Audiences,
  { versions, now }: { versions: readonly Version[]; now: number },
) {
  const joined = joiningDay(orders, now);
  const byRule = Map.groupBy(versions, ({ ruleId }) => ruleId);
  const sums = new Map<string, Sums>();
  for (const order of orders) {
    for (const own of byRule.values()) {
      const version = governing(own, dayAt(order.placedAt), joined);
      if (version === null) continue;
      const audience = { everyone: null, club, regulars: segment }[version.rule.for];
      if (audience !== null && !isMemberAt(order.placedAt, audience)) continue;
      const counted = countedBy(order, version);
      if (counted === 0n) continue;
      const [start] = periodAround(version.rule, dayAt(order.placedAt), joined);
      const key = `${version.ruleId}@${version.version}/${start}`;
      const sum = sums.get(key) ?? { version, spend: 0n, settled: 0n };
      sum.spend += counted;
      if (isSettled(order, version, now)) sum.settled += counted;
      sums.set(key, sum);
    }
  }
  return sums;
}

function isMemberAt(moment: number, club: readonly ClubTime[]): boolean {
  for (const [since, until] of club) {
    if (moment >= since && (until === null || moment < until)) return true;
  }
  return false;
}

export function joiningDay(orders: readonly ToldOrder[], now: number): string {
  return dayAt(orders.reduce((first, { placedAt }) => Math.min(first, placedAt), now));
}

/** When the order's waiting days under a version are over; null while it is not delivered. */
export function settledAt(order: ToldOrder, { rule }: Version): number | null {
  const delivered = order.events.filter(({ status }) => status === 'delivered').map(({ at }) => at);
  return delivered.length === 0 ? null : daysLater(Math.min(...delivered), rule.settleAfterDays);
}

/** Σ E(S) of all lines less Σ E(S) of the settled ones. */
export function pendingOf(sums: Iterable<Sums>): bigint {
  let pending = 0n;
  for (const { version, spend, settled } of sums) {
    pending += owed(version.rule, spend) - owed(version.rule, settled);
  }
  return pending;
}

/** Σ(total − discount − refunds) of orders not cancelled in the programme's currency. */
export function spendOf(orders: readonly ToldOrder[]): bigint {
  return orders
    .filter((order) => order.currency === 'EUR' && !isCancelled(order))
    .flatMap((order) => order.lines.map((line) => netOf(order, line)))
    .reduce((sum, net) => sum + net, 0n);
}

const flow = [
  'placed confirmed packed shipped out_for_delivery delivered ready_for_pickup delivery_failed delayed',
  'on_hold released cancelled return_requested return_approved return_refused returned',
  'partly_refunded refunded',
]
  .join(' ')
  .split(' ');

/** The latest by time, ties by the order of the states. */
export function statusOf(order: ToldOrder): string {
  const told = order.events.map(({ status, at }) => ({ status, at }));
  const isWhole = order.lines.every((line) => netOf(order, line) === 0n);
  const lastRefund = Math.max(...order.refunds.map(({ at }) => at));
  if (order.refunds.length > 0)
    told.push({ status: isWhole ? 'refunded' : 'partly_refunded', at: lastRefund });
  return latest(told) ?? 'placed';
}

function countedBy(order: ToldOrder, { rule }: Version): bigint {
  if (order.currency !== 'EUR' || isCancelled(order) || isHeld(order)) return 0n;
  const counted = order.lines.filter(
    ({ giftCard, category }) =>
      !giftCard && !(category !== null && rule.counts.excludeCategories.includes(category)),
  );
  if (counted.length === 0) return 0n;
  let sum = counted.reduce((total, line) => total + netOf(order, line), 0n);
  if (rule.counts.shipping) sum += order.shipping;
  if (rule.counts.tax) sum += order.tax;
  if (rule.counts.vouchers) return sum;
  return order.voucherPaid < sum ? sum - order.voucherPaid : 0n;
}

function isSettled(order: ToldOrder, version: Version, now: number): boolean {
  const at = settledAt(order, version);
  return at !== null && at <= now;
}

export function netOf(order: ToldOrder, line: ToldOrder['lines'][number]): bigint {
  const refunds = order.refunds.flatMap(({ lines }) => lines).filter((part) => part.line === line.id);
  return refunds.reduce((net, { amount }) => net - amount, line.total - line.discount);
}

function isCancelled({ events }: ToldOrder): boolean {
  return events.some(({ status }) => status === 'cancelled');
}

function isHeld({ events }: ToldOrder): boolean {
  return latest(events.filter(({ status }) => status === 'on_hold' || status === 'released')) === 'on_hold';
}

function latest(told: readonly { status: string; at: number }[]): string | null {
  const sorted = told.toSorted((a, b) => a.at - b.at || flow.indexOf(a.status) - flow.indexOf(b.status));
  return sorted.at(-1)?.status ?? null;
}
