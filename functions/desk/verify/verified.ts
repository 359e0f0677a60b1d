import type { Difference } from './difference.ts';

export interface Verified {
  /** Root accounts in use, and ledger entries looked at. */
  accounts: number;
  entries: number;
  differences: number;
  /** The first of the differences, at most 1,000. */
  found: Difference[];
  /** All root accounts in which anything differs. */
  inDoubt: string[];
  /** Accounts the newest programme has not reached yet: their rewards were added up, not counted again. */
  waiting: number;
}

const FOUND_MAX = 1000;

export const nothingVerified = (): Verified => ({
  accounts: 0,
  entries: 0,
  differences: 0,
  found: [],
  inDoubt: [],
  waiting: 0,
});

export function addDifferences(verified: Verified, differences: readonly Difference[]): void {
  verified.differences += differences.length;
  verified.found.push(...differences.slice(0, Math.max(0, FOUND_MAX - verified.found.length)));
}

/** What was verified in parts, in their sequence. */
export function sumOf(parts: readonly Verified[]): Verified {
  const sum = nothingVerified();
  for (const part of parts) {
    sum.accounts += part.accounts;
    sum.entries += part.entries;
    sum.waiting += part.waiting;
    sum.inDoubt.push(...part.inDoubt);
    addDifferences(sum, part.found);
    sum.differences += part.differences - part.found.length;
  }
  return sum;
}
