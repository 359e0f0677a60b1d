/** What an import did (DOMAIN §4, Import report). */
export interface ImportReport {
  orders: { created: number; updated: number; unchanged: number; rejected: number };
  customers: { created: number };
  lines: number;
  /** Net minor units of the business currency, and the ledger entries that make them up. */
  rewards: { earned: number; entries: number };
  errors: { line: number; order: string | null; reason: string }[];
  seconds: number;
}

/** Refused rows kept in a report; a file that is wrong throughout needs no more to be understood. */
export const ERRORS_MAX = 100_000;

export function emptyReport(): ImportReport {
  return {
    orders: { created: 0, updated: 0, unchanged: 0, rejected: 0 },
    customers: { created: 0 },
    lines: 0,
    rewards: { earned: 0, entries: 0 },
    errors: [],
    seconds: 0,
  };
}
