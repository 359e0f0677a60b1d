import { median } from '../facts/median.ts';

/** What an account bought of one product; days are numbers, see `dayNumber`. */
export interface BasketProduct {
  key: string;
  /** As on the newest line; null where only the SKU is told. */
  name: string | null;
  /** As on the same line; null where it tells none. */
  category: string | null;
  /** The purchase days, none twice, the first first. */
  days: readonly number[];
  firstDay: number;
  lastDay: number;
  /** The median between one of them and the next, in half days; null before the second. */
  halfDays: number | null;
}

export type AccountBasket = readonly BasketProduct[];

/** So many different products of an account are looked at, the last bought: who buys for a canteen would pair all with all. */
export const BASKET_MAX = 60;

export function basketProduct(told: {
  key: string;
  name: string | null;
  category?: string | null;
  days: readonly number[];
}): BasketProduct {
  const days = [...new Set(told.days)].sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, at) => day - (days[at] ?? day));
  const [firstDay = 0, lastDay = 0] = [days[0], days.at(-1)];
  return {
    key: told.key,
    name: told.name,
    category: told.category ?? null,
    days,
    firstDay,
    lastDay,
    halfDays: halved(gaps),
  };
}

/** The products bought last. */
export function keepLatest(basket: AccountBasket): AccountBasket {
  if (basket.length <= BASKET_MAX) return basket;
  return basket.toSorted((a, b) => b.lastDay - a.lastDay || (a.key < b.key ? -1 : 1)).slice(0, BASKET_MAX);
}

const halved = (gaps: readonly number[]) => (gaps.length === 0 ? null : Math.round(2 * median(gaps)));
