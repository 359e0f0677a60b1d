import type { DraftsPlan } from '../orders/plan-drafts.ts';
import type { Rejected } from '../orders/refusals.ts';
import type { ImportUnit, OrderPlace } from './import-unit.ts';
import { ERRORS_MAX, type ImportReport } from './report.ts';
import type { StagedOrders } from './staging.ts';

/** What an import tells of itself, and the file whose orders it is about. */
interface Counting {
  report: ImportReport;
  staged: StagedOrders;
  /** Customers that companies and households brought, who may buy for themselves as well: a dry run meets them again. */
  brought: Set<string>;
}

export function isMoving(plan: DraftsPlan): boolean {
  return plan.outcomes.some(({ kind }) => kind === 'created' || kind === 'completed');
}

export function countRewards(
  report: ImportReport,
  entries: readonly { kind: string; amount: bigint }[],
): void {
  for (const { kind, amount } of entries) {
    if (kind !== 'earn' && kind !== 'clawback') continue;
    report.rewards.entries += 1;
    report.rewards.earned += Number(amount);
  }
}

export function countOutcomes(
  { report, staged, brought }: Counting,
  unit: ImportUnit,
  plan: DraftsPlan,
): void {
  if (isMoving(plan)) {
    const created = plan.customersCreated.filter((id) => !brought.has(id));
    report.customers.created += created.length;
    if (plan.isShared) for (const id of created) brought.add(id);
  }
  const places = unit.places();
  rejectErrors(staged, unit);
  for (const [index, outcome] of plan.outcomes.entries()) {
    countOutcome({ report, staged }, places[index], outcome);
  }
}

export function rejectErrors(staged: StagedOrders, unit: ImportUnit): void {
  for (const { line, source, number, reason } of unit.errors())
    staged.reject({ line, order: number, reason }, source);
}

export function leaveOut(report: ImportReport, reason: string, rows: number): void {
  const before = report.leftOut.find((one) => one.reason === reason);
  if (before === undefined) report.leftOut.push({ reason, rows });
  else before.rows += rows;
}

export function countOutcome(
  { report, staged }: Pick<Counting, 'report' | 'staged'>,
  order: OrderPlace | undefined,
  outcome: { kind: 'created' | 'completed' | 'unchanged' } | Rejected,
): void {
  if (outcome.kind === 'created') report.orders.created += 1;
  else if (outcome.kind === 'completed') report.orders.updated += 1;
  else if (outcome.kind === 'unchanged') report.orders.unchanged += 1;
  else if (outcome.kind === 'rejected' && order !== undefined)
    staged.reject({ line: order.line, order: order.number, reason: reasonOf(outcome, staged) }, order.source);
}

/** In the file's own words: the name of its column, and what it says. */
function reasonOf({ column, message }: Rejected, { till }: StagedOrders): string {
  return column === null ? message : `${till.nameOf(column)}: ${message}`;
}

export function refuse(report: ImportReport, error: ImportReport['errors'][number]): void {
  report.orders.rejected += 1;
  if (report.errors.length < ERRORS_MAX) report.errors.push(error);
}
