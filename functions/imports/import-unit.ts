import type { OrderDraft } from '../orders/order.ts';

/** Orders of one account that are written together. */
export interface ImportUnit {
  /** Drafts of ONE root account; the same again when they are asked for again. Days are read in business time. */
  drafts(timeZone: string): Promise<OrderDraft[]>;
  /** Where each of the drafts last asked for stands in the file. */
  places(): readonly OrderPlace[];
  /** What of the unit found no place among the drafts last asked for. */
  errors(): readonly (OrderPlace & { reason: string })[];
  rows: number;
}

export interface OrderPlace {
  line: number;
  source: string;
  number: string;
}
