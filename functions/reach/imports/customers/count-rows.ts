import type { Reason } from '../reason.ts';
import type { CustomerRow } from './parse-row.ts';
import type { PlannedRow } from './plan-row.ts';
import type { ReadCustomer } from './read-customers.ts';

/** A row of the file that can be read. */
export interface ParsedCustomerRow {
  read: ReadCustomer;
  row: CustomerRow;
}

/** A row that is left out, and why. */
export interface RefusedCustomer {
  line: number;
  customer: string;
  reason: Reason;
}

/** What became of some rows; `accounts` are those that are new. */
export interface CustomersTally {
  created: number;
  updated: number;
  unchanged: number;
  accounts: number;
  refused: RefusedCustomer[];
}

export function emptyTally(): CustomersTally {
  return { created: 0, updated: 0, unchanged: 0, accounts: 0, refused: [] };
}

/**
 * Counts what becomes of rows by their plans. A dry run finds nobody in the database whom rows before would have made: they
 * are in `seen`, which grows by those that these would make.
 */
export function tallyOf(
  planned: readonly (ParsedCustomerRow & { plan: PlannedRow })[],
  { seen, isDryRun }: { seen: Set<string>; isDryRun: boolean },
): CustomersTally {
  const tally = emptyTally();
  for (const { read, row, plan } of planned) {
    if (!plan.ok) {
      tally.refused.push({ line: read.line, customer: read.customer, reason: plan.reason });
      continue;
    }
    const name = row.email ?? JSON.stringify([row.source, row.customer_key]);
    const isAgain = plan.outcome === 'created' && seen.has(name);
    tally[isAgain ? 'updated' : plan.outcome] += 1;
    const made = plan.accounts.map((account) =>
      JSON.stringify(['account', account, account === '' ? name : '']),
    );
    tally.accounts += made.filter((account) => !seen.has(account)).length;
    if (!isDryRun) continue;
    for (const one of [...(plan.outcome === 'created' ? [name] : []), ...made]) seen.add(one);
  }
  return tally;
}
