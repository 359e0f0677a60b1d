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
  /** What an own field holds; of a text a part of it, in some spellings. */
  own: { key: string; values: readonly string[]; isPart: boolean } | null;
  /** Among these alone. */
  ids: readonly string[] | null;
}

export const everyCustomer: CustomerFilter = {
  ...{ kind: null, isInClub: null, isClaimed: null, hasDebt: null, hasLapsed: null, wantsNews: null },
  ...{ spendFrom: null, spendTo: null, lastSince: null, lastUntil: null },
  ...{ joinedSince: null, joinedUntil: null, own: null, ids: null },
};

export const customerSorts = ['name', 'joined', 'spend', 'last', 'balance'] as const;
export type CustomerSort = (typeof customerSorts)[number];

/** The order of a list: by what, and whether the largest or latest comes first. */
export interface CustomerOrder {
  sort: CustomerSort;
  isFalling: boolean;
}
