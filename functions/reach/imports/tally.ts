import { toNumber } from '../../ground/platform/money.ts';
import type { DraftsPlan } from '../../money/orders/plan-drafts.ts';
import type { Rejected } from '../../money/orders/refusals.ts';
import type { ImportUnit } from './import-unit.ts';
import { type Reason, toldReason } from './reason.ts';
import { ERRORS_MAX, type ImportReport } from './report.ts';
import type { RowError } from './staged-line.ts';
import type { StagedOrders } from './staging.ts';

/** What became of the orders of one account, to be told once it is written. */
export interface UnitTally {
  created: number;
  updated: number;
  unchanged: number;
  /** Customers that are new. */
  customers: number;
  /** Net minor units of the business currency, and the entries that make them up. */
  earned: number;
  entries: number;
  refusals: Refusal[];
}

/** An order that is left out; its `source` tells it from another one with the same number. */
export interface Refusal extends RowError {
  source: string;
}

export function emptyTally(): UnitTally {
  return { created: 0, updated: 0, unchanged: 0, customers: 0, earned: 0, entries: 0, refusals: [] };
}

export function isMoving(plan: DraftsPlan): boolean {
  return plan.outcomes.some(({ kind }) => kind === 'created' || kind === 'completed');
}

type Outcome = { kind: 'created' | 'completed' | 'unchanged' } | Rejected;

/**
 * Counts what becomes of a unit by its plan. `brought` are customers that companies and households brought, who may buy
 * for themselves as well: a dry run meets them again.
 */
export function tallyOf(
  { unit, plan }: { unit: ImportUnit; plan: DraftsPlan },
  { staged, brought }: { staged: StagedOrders; brought: ReadonlySet<string> },
): UnitTally {
  const customers = isMoving(plan) ? plan.customersCreated.filter((id) => !brought.has(id)).length : 0;
  return { ...tallyOutcomes(unit, plan.outcomes, staged), customers };
}

export function tallyOutcomes(
  unit: ImportUnit,
  outcomes: readonly Outcome[],
  { till }: Pick<StagedOrders, 'till'>,
): UnitTally {
  const tally = { ...emptyTally(), refusals: refusalsOf(unit) };
  const places = unit.places();
  for (const [index, outcome] of outcomes.entries()) {
    const place = places[index];
    if (outcome.kind === 'created') tally.created += 1;
    else if (outcome.kind === 'completed') tally.updated += 1;
    else if (outcome.kind === 'unchanged') tally.unchanged += 1;
    else if (outcome.kind === 'rejected' && place !== undefined) {
      const { line, source, number } = place;
      tally.refusals.push({ line, source, order: number, reason: reasonOf(outcome, till) });
    }
  }
  return tally;
}

/** What of a unit found no place. */
export function refusalsOf(unit: ImportUnit): Refusal[] {
  return unit.errors().map(({ line, source, number, reason }) => ({ line, source, order: number, reason }));
}

/** In the file's own words: the name of its column, and what it says. */
function reasonOf({ column, reason }: Rejected, till: StagedOrders['till']): Reason {
  return column === null ? reason : { ...reason, column: till.nameOf(column) };
}

/** The same with what ledger entries gave and took. */
export function withRewards(
  tally: UnitTally,
  entries: readonly { kind: string; amount: bigint }[],
): UnitTally {
  const told = { ...tally };
  for (const { kind, amount } of entries) {
    if (kind !== 'earn' && kind !== 'clawback') continue;
    told.entries += 1;
    told.earned = toNumber(BigInt(told.earned) + amount);
  }
  return told;
}

export function addTally(
  { report, staged }: { report: ImportReport; staged: StagedOrders },
  tally: UnitTally,
): void {
  report.orders.created += tally.created;
  report.orders.updated += tally.updated;
  report.orders.unchanged += tally.unchanged;
  report.customers.created += tally.customers;
  report.rewards.entries += tally.entries;
  report.rewards.earned = toNumber(BigInt(report.rewards.earned) + BigInt(tally.earned));
  for (const { source, ...error } of tally.refusals) staged.reject(error, source);
}

export function leaveOut(report: ImportReport, reason: string, rows: number): void {
  const before = report.leftOut.find((one) => one.reason === reason);
  if (before === undefined) report.leftOut.push({ reason, rows });
  else before.rows += rows;
}

export function refuse(report: ImportReport, { line, order, reason }: RowError): void {
  report.orders.rejected += 1;
  if (report.errors.length < ERRORS_MAX) report.errors.push({ line, order, ...toldReason(reason) });
}
