import type { OrderDraft } from '../../money/orders/order.ts';
import type { Reason } from './reason.ts';

/** Orders of one account that are written together. */
export interface ImportUnit {
  /** The same in every reading of the file, and of no other unit. */
  key: string;
  /** Drafts of ONE root account; the same again when they are asked for again. Days are read in business time. */
  drafts(timeZone: string): Promise<OrderDraft[]>;
  /** Where each of the drafts last asked for stands in the file. */
  places(): readonly OrderPlace[];
  /** What of the unit found no place among the drafts last asked for. */
  errors(): readonly (OrderPlace & { reason: Reason })[];
  rows: number;
}

export interface OrderPlace {
  line: number;
  source: string;
  number: string;
}
