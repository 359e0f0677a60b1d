import type { ToldReason } from '../reason.ts';

/** What an import of feedback did. `line` counts physical lines from 1. */
export interface FeedbackReport {
  answers: { created: number; unchanged: number; rejected: number };
  customers: { created: number };
  lines: number;
  errors: ({ line: number; id: string } & Required<ToldReason>)[];
  /** Rows written out to be mended; absent where nobody asked for them. */
  rejectedRows?: number;
  seconds: number;
}

/** Refused rows kept in a report. */
export const ERRORS_MAX = 100_000;
