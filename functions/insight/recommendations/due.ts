import type { BasketProduct } from './basket.ts';

/** Fewer accounts say nothing of a product, and would tell of who they are. */
export const ACCOUNTS_MIN = 5;
/** Who bought something on so many days has an interval of their own. */
const OWN_DAYS_MIN = 3;
/** What at least one in four buys again is used up. */
const AGAIN_SHARE = 0.25;
/** Nobody is reminded of what they buy more often than this. */
const DAYS_MIN = 3;

/** What is known of a product over all accounts. */
export interface ProductHabit {
  buyers: number;
  again: number;
  halfDays: number | null;
}

/** Whether a product is used up and bought again, by enough accounts to tell. */
export function isConsumable({ buyers, again, halfDays }: ProductHabit): boolean {
  return halfDays !== null && again >= ACCOUNTS_MIN && again >= AGAIN_SHARE * buyers;
}

export interface DueProduct {
  /** The usual interval in days, rounded. */
  everyDays: number;
  /** Whether it is the account's own, and not that of all who buy the product. */
  isOwn: boolean;
  /** On how many days the account bought it. */
  times: number;
  dueDay: number;
}

/**
 * When an account will want something again: after its own usual interval where it bought it on three days at least, else after
 * that of all who buy it again. Told from a little before that day until the interval has passed once more: then they have
 * stopped. Null when it is not due, or nobody can say.
 */
export function dueProduct(
  bought: Pick<BasketProduct, 'days' | 'lastDay' | 'halfDays'>,
  habit: ProductHabit | null,
  today: number,
): DueProduct | null {
  const times = bought.days.length;
  const isOwn = times >= OWN_DAYS_MIN;
  const usual = habit !== null && isConsumable(habit) ? habit.halfDays : null;
  const halfDays = isOwn ? bought.halfDays : usual;
  if (halfDays === null) return null;
  const everyDays = Math.round(halfDays / 2);
  if (everyDays < DAYS_MIN) return null;
  const dueDay = bought.lastDay + everyDays;
  const early = Math.max(DAYS_MIN, Math.round(everyDays / 4));
  if (today < dueDay - early || today > dueDay + Math.max(everyDays, 2 * DAYS_MIN)) return null;
  return { everyDays, isOwn, times, dueDay };
}
