import type { Operations } from './operations.ts';

/** A signed-in customer as pages need them. */
export interface SignedIn {
  id: string;
  email: string;
  name: string | null;
}

/** One request to a page: who asks, and what they may ask for. */
export interface Visit {
  operations: Operations;
  customer: SignedIn | null;
  /** The business's time zone, in which every date is shown. */
  timeZone: string;
  /** Whether cookies may carry `Secure`: false over plain http on loopback only. */
  isSecure: boolean;
  /** Logs an unexpected error whole and returns the id that the page shows instead. */
  report: (error: unknown) => string;
}
