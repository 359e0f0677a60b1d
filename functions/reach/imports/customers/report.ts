import type { ToldReason } from '../reason.ts';

/** What an import of customers did. `line` counts physical lines, the header is 1. */
export interface CustomersReport {
  customers: { created: number; updated: number; unchanged: number; rejected: number };
  accounts: { created: number };
  lines: number;
  /** Headers that nothing was read from. */
  ignored: string[];
  errors: ({ line: number; customer: string } & ToldReason)[];
  /** Rows written out to be mended; absent where nobody asked for them. */
  rejectedRows?: number;
  seconds: number;
}
