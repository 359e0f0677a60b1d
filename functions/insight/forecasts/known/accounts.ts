import type { RepeatSpending } from '../models/gamma-gamma.ts';
import { type Groups, type PurchaseDays, packDays, summarise } from './summary.ts';

/** Accounts of one kind may buy in ways of their own. */
export const accountTypes = ['personal', 'household', 'company'] as const;
export type AccountType = (typeof accountTypes)[number];

/** What a fit looks at: purchase days of accounts, what was spent on each, and what kind of account it is. */
export interface KnownAccounts {
  purchases: PurchaseDays;
  /** In whole units of the currency, one for each of `purchases.days`; empty where spend is not asked for. */
  spent: Float64Array;
  /** One for each account; empty where kinds are not told apart. */
  types: readonly AccountType[];
  /** On which category each spent most on its first purchase day; left out where nobody asks. */
  firstCategories?: readonly (string | null)[];
}

/** Fewer accounts of a kind are taken as any other. */
const OF_A_TYPE_LEAST = 30;

/** Kinds that are fitted by themselves: those with enough accounts, where there is more than one kind. */
export function typesToFit({ types }: KnownAccounts): AccountType[] {
  return accountTypes.filter((type) => {
    const count = types.reduce((sum, each) => sum + (each === type ? 1 : 0), 0);
    return count >= OF_A_TYPE_LEAST && count < types.length;
  });
}

/** What is known of the accounts of one kind at the end of the day `until`. */
export function summariseType({ purchases, types }: KnownAccounts, type: AccountType, until: number): Groups {
  const { days, starts } = purchases;
  const lists = types.flatMap((each, account) =>
    each === type ? [[...days.subarray(starts[account], starts[account + 1])]] : [],
  );
  return summarise(packDays(lists), until);
}

/** The same of each kind that there is, fitted by itself or not. */
export function summariseTypes(known: KnownAccounts, until: number): { type: AccountType; groups: Groups }[] {
  return accountTypes
    .filter((type) => known.types.includes(type))
    .map((type) => ({ type, groups: summariseType(known, type, until) }));
}

/** Repeat purchase days of each account up to the day `until`, and the mean of what was spent on them. */
export function repeatSpending({ purchases, spent }: KnownAccounts, until: number): RepeatSpending {
  const { days, starts } = purchases;
  const accounts = starts.length - 1;
  const [x, mean] = [new Float64Array(accounts), new Float64Array(accounts)];
  for (let account = 0; account < accounts; account += 1) {
    let [count, sum] = [0, 0];
    for (let i = (starts[account] ?? 0) + 1; i < (starts[account + 1] ?? 0); i += 1) {
      if ((days[i] ?? 0) > until) break;
      count += 1;
      sum += spent[i] ?? 0;
    }
    x[account] = count;
    mean[account] = count === 0 ? 0 : sum / count;
  }
  return { x, mean };
}

/** Some of the accounts, by their places; what was spent is left out. */
export function someAccounts(
  { purchases: { days, starts }, types }: KnownAccounts,
  places: readonly number[],
): KnownAccounts {
  return {
    purchases: packDays(places.map((at) => [...days.subarray(starts[at], starts[at + 1])])),
    spent: new Float64Array(),
    types: types.length === 0 ? [] : places.flatMap((at) => types[at] ?? []),
  };
}
