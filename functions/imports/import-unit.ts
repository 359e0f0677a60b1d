import type { OrderDraft } from '../orders/order.ts';

/** Orders of one account that are written together. */
export interface ImportUnit {
  /** Drafts of ONE root account; the same again when they are asked for again. Days are read in business time. */
  drafts(timeZone: string): Promise<OrderDraft[]>;
  /** Where each of them stands in the file. */
  places: readonly { line: number; source: string; number: string }[];
  rows: number;
}
