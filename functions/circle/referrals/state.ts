import { plusDays } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';

/** Where a referral can stand, in the order in which it usually goes. */
export const referralStates = [
  'invited',
  'joined',
  'ordered',
  'held',
  'rewarded',
  'declined',
  'returned',
] as const;
export type ReferralState = (typeof referralStates)[number];

/** Why somebody of the business looks at a referral before it is paid; in this order wherever they are listed. */
export const referralReasons = [
  'same_person',
  'same_address',
  'same_payment_mark',
  'same_device',
  'existing_customer',
  'too_many',
  'disposable_mail',
] as const;
export type ReferralReason = (typeof referralReasons)[number];

/** What was promised when the code was told. */
export interface ReferralTerms {
  toldAt: number;
  /** Minor units; what an order has to be worth after refunds. */
  minimum: bigint;
  waitingDays: number;
}

/** An order of the friend's, in the currency of the promise. */
export interface FriendOrder {
  id: string;
  placedAt: number;
  /** The calendar day, where no clock time is known. */
  placedOn: string | null;
  /** Total less discounts, before refunds. */
  total: bigint;
  refunded: bigint;
  isCancelled: boolean;
  isHeld: boolean;
  deliveredAt: number | null;
}

export interface Step {
  seq: number;
  kind: string;
  code: string | null;
}

/** Everything that decides how a referral stands. */
export interface ReferralFacts {
  terms: ReferralTerms;
  timeZone: string;
  /** The friend has proven their email. */
  isClaimed: boolean;
  /** By `placedAt`, then id. */
  orders: readonly FriendOrder[];
  /** By rising `seq`. */
  steps: readonly Step[];
}

export interface Derived {
  state: ReferralState;
  /** The order that rewards or is to. */
  orderId: string | null;
  /** What was found and not released, in the fixed order. */
  reasons: ReferralReason[];
  /** When waiting alone will settle an order; null while none waits. */
  dueAt: number | null;
}

/**
 * How a referral stands at a moment: a pure function of the friend's orders and the steps. A decision of staff goes before
 * everything, then what was found, then the orders; time does nothing but settle an order that was delivered.
 */
export function deriveReferral(
  { terms, timeZone, isClaimed, orders, steps }: ReferralFacts,
  now: number,
): Derived {
  const counting = orders.filter((order) => !isBefore(order, terms.toldAt));
  const qualifying = counting.filter((order) => qualifies(order, terms));
  const settling = qualifying.flatMap((order) => {
    const settlesAt = settlesAtOf(order, terms, timeZone);
    return settlesAt === null ? [] : [{ order, settlesAt }];
  });
  const settled = settling.find(({ settlesAt }) => settlesAt <= now)?.order;
  const waiting = settling.map(({ settlesAt }) => settlesAt).filter((at) => at > now);
  const reasons = openReasons(steps);
  const first = settled ?? qualifying[0];
  const state = (): ReferralState => {
    if (lastDecision(steps)?.kind === 'declined') return 'declined';
    if (first !== undefined && reasons.length > 0) return 'held';
    if (settled !== undefined) return 'rewarded';
    if (first !== undefined) return 'ordered';
    if (counting.some((order) => order.total >= leastOf(terms))) return 'returned';
    return isClaimed || counting.length > 0 ? 'joined' : 'invited';
  };
  return {
    state: state(),
    orderId: first?.id ?? null,
    reasons,
    dueAt: settled === undefined && waiting.length > 0 ? Math.min(...waiting) : null,
  };
}

/** Whether an order by itself is enough to pay, at a moment. */
export function isSettled(
  { terms, timeZone, orders }: ReferralFacts,
  orderId: string | null,
  now: number,
): boolean {
  const order = orders.find(({ id }) => id === orderId);
  if (order === undefined || isBefore(order, terms.toldAt) || !qualifies(order, terms)) return false;
  const settlesAt = settlesAtOf(order, terms, timeZone);
  return settlesAt !== null && settlesAt <= now;
}

/** Whether an order was placed before the code was told; one known by its day alone is not, on that day. */
export function isBefore(order: Pick<FriendOrder, 'placedAt' | 'placedOn'>, toldAt: number): boolean {
  return order.placedOn === null ? order.placedAt < toldAt : order.placedAt + DAY_MS <= toldAt;
}

const decisions = ['released', 'declined', 'reopened'];

/** What staff decided last. */
export function lastDecision<S extends Step>(steps: readonly S[]): S | undefined {
  return steps.findLast(({ kind }) => decisions.includes(kind));
}

/** The step that an appeal would be against: the newest finding of a hold, the decline; null when nothing is refused. */
export function appealableSeq(state: ReferralState, steps: readonly Step[]): number | null {
  if (state === 'declined') return lastDecision(steps)?.seq ?? null;
  if (state !== 'held') return null;
  return steps.findLast(({ kind }) => kind === 'found')?.seq ?? null;
}

/** What was found and not released, in the fixed order. A release covers what had been found by then; reopening takes it back. */
export function openReasons(steps: readonly Step[]): ReferralReason[] {
  const last = lastDecision(steps);
  const covered = last?.kind === 'released' ? last.seq : 0;
  const found = new Set(
    steps.filter(({ kind, seq }) => kind === 'found' && seq > covered).map(({ code }) => code),
  );
  return referralReasons.filter((reason) => found.has(reason));
}

/** An order that is worth nothing after refunds never counts. */
const leastOf = ({ minimum }: ReferralTerms) => (minimum > 0n ? minimum : 1n);

function qualifies(order: FriendOrder, terms: ReferralTerms): boolean {
  return !order.isCancelled && order.total - order.refunded >= leastOf(terms);
}

function settlesAtOf(order: FriendOrder, { waitingDays }: ReferralTerms, timeZone: string): number | null {
  if (order.deliveredAt === null || order.isHeld) return null;
  return plusDays(order.deliveredAt, waitingDays, timeZone);
}
