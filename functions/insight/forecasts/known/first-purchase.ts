import { dayFromNumber } from '../../../ground/platform/calendar.ts';
import type { KnownAccounts } from './accounts.ts';

export const covariateNames = ['first-basket', 'first-category', 'first-season'] as const;
export type CovariateName = (typeof covariateNames)[number];

/** The first purchase day of an account: as a number, what was spent on it in whole units, and on which category most. */
export interface FirstPurchase {
  day: number;
  spent: number;
  /** Empty where lines tell none; null where it was not looked up. */
  category: string | null;
}

/** By what accounts are told apart: thirds by what the first day came to, its main category, or its quarter of the year. */
export interface FirstClasses {
  name: CovariateName;
  /** The least spend of the second third and of the third. */
  cuts: number[];
  /** Those of most accounts; all others are one class behind them. */
  categories: string[];
}

/** So many categories have a class of their own. */
const CATEGORIES_MAX = 4;
/** Fewer accounts in a class say nothing of it. */
export const CLASS_LEAST = 30;

/** The first purchases of all accounts, in their sequence; NaN where there is none. */
export function firstPurchases({ purchases, spent, firstCategories }: KnownAccounts): FirstPurchase[] {
  const { days, starts } = purchases;
  return Array.from({ length: starts.length - 1 }, (_, account) => {
    const start = starts[account] ?? 0;
    return {
      day: days[start] ?? Number.NaN,
      spent: spent[start] ?? 0,
      category: firstCategories?.[account] ?? null,
    };
  });
}

/** How accounts with these first purchases are told apart. */
export function classesOf(name: CovariateName, firsts: readonly FirstPurchase[]): FirstClasses {
  if (name === 'first-season') return { name, cuts: [], categories: [] };
  if (name === 'first-category') return { name, cuts: [], categories: frequent(firsts) };
  const sums = firsts.map(({ spent }) => spent).sort((a, b) => a - b);
  return {
    name,
    cuts: [1 / 3, 2 / 3].map((share) => sums[Math.floor(sums.length * share)] ?? 0),
    categories: [],
  };
}

export function classOf(
  { name, cuts, categories }: FirstClasses,
  { day, spent, category }: FirstPurchase,
): number {
  if (name === 'first-season') return Math.floor((Number(dayFromNumber(day).slice(5, 7)) - 1) / 3);
  if (name === 'first-basket') return cuts.filter((cut) => spent >= cut).length;
  const at = categories.indexOf(category ?? '');
  return at < 0 ? categories.length : at;
}

export const classCount = ({ name, cuts, categories }: FirstClasses): number =>
  name === 'first-season' ? 4 : name === 'first-basket' ? cuts.length + 1 : categories.length + 1;

function frequent(firsts: readonly FirstPurchase[]): string[] {
  const counts = new Map<string, number>();
  for (const { category } of firsts)
    if (category !== null && category !== '') counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .filter(([, accounts]) => accounts >= CLASS_LEAST)
    .sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1))
    .slice(0, CATEGORIES_MAX)
    .map(([category]) => category);
}
