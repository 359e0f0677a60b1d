import type { Context } from '../platform/context.ts';
import type { KeptMonths } from '../settings/kept-for.ts';
import type { Policy } from '../settings/policy.ts';

/** What goes of a room's things once they are older than the business keeps them. */
export interface Retention {
  /** For how long; its words stand among the settings, and on the page about privacy. */
  policy: Policy<KeptMonths>;
  /**
   * Takes away some of what is older than `before`, at most `limit` rows of each kind, and answers how many: 0 once
   * nothing is left. Taken away twice it is gone once.
   */
  drop: (ctx: Context, slice: RetentionSlice) => Promise<number>;
}

export interface RetentionSlice {
  /** In epoch milliseconds. */
  before: number;
  limit: number;
  /** How far a walk has come, by its name: kept from slice to slice of one run. */
  places: Map<string, string>;
}
