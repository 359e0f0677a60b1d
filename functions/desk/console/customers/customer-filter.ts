/** Which customers are meant; null leaves a question out. Instants are epoch milliseconds, amounts minor units. */
export interface CustomerFilter {
  kind: 'personal' | 'household' | 'company' | null;
  isInClub: boolean | null;
  isClaimed: boolean | null;
  /** A balance below nothing. */
  hasDebt: boolean | null;
  /** Credit of theirs lapsed at some time. */
  hasLapsed: boolean | null;
  wantsNews: boolean | null;
  /** In the currency of the business, both ends included. */
  spendFrom: bigint | null;
  spendTo: bigint | null;
  lastSince: number | null;
  /** Ordered last before this, or never. */
  lastUntil: number | null;
  joinedSince: number | null;
  joinedUntil: number | null;
  /** What an own field holds. */
  own: { key: string; value: string } | null;
  /** In the hands of this member of the team. */
  managerId: string | null;
  /** Among these alone. */
  ids: readonly string[] | null;
}

/** So many are counted, and of so many the page is found by looking at all of them. */
export const COUNTED_MAX = 10_000;

export const customerSorts = ['name', 'joined', 'spend', 'last', 'balance'] as const;
export type CustomerSort = (typeof customerSorts)[number];

/** The order of a list: by what, and whether the largest or latest comes first. */
export interface CustomerOrder {
  sort: CustomerSort;
  isFalling: boolean;
}
