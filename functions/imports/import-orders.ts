import { basename } from 'node:path';
import { insertInto, statement } from '../../db/query.ts';
import { imports } from '../../db/schema/index.ts';
import { isContention } from '../accounts/change-account.ts';
import { type AccountUnit, commitAccounts } from '../accounts/commit-accounts.ts';
import { STALE } from '../accounts/plan-change.ts';
import { recountIfStale } from '../accounts/recount.ts';
import { loadKnown } from '../orders/known.ts';
import { orderKey } from '../orders/load-orders.ts';
import { tellRewards } from '../orders/notices.ts';
import { type DraftsPlan, planDrafts } from '../orders/plan-drafts.ts';
import type { Rejected } from '../orders/refusals.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getBusiness } from '../programme/business.ts';
import type { ColumnMap } from './column-map.ts';
import { unitOf } from './draft-orders.ts';
import { importSales, type ToldUnit } from './import-sales.ts';
import type { ImportUnit, OrderPlace } from './import-unit.ts';
import { ERRORS_MAX, emptyReport, type ImportReport, toldFileOf } from './report.ts';
import type { StagedTakeBack } from './staged-refunds.ts';
import { type StagedOrders, withStagedOrders } from './staging.ts';
import { takeBackUnits } from './take-back.ts';

export interface ImportRequest {
  path: string;
  /** For files that do not say their currency; the business currency when left out. */
  currency?: string | null;
  map?: ColumnMap | undefined;
  isDryRun?: boolean;
  /** Where the rows of rejected orders go, to be mended; written only when there are any. */
  rejectedTo?: string | null;
  onProgress?: (progress: ImportProgress) => void;
}

export type ImportProgress = { phase: 'read'; rows: number } | { phase: 'write'; rows: number; of: number };

/** Orders decided on together: few round trips, short transactions, a server beside it stays quick. */
const ORDERS_PER_STEP = 100;
const TRIES_MAX = 10;

/**
 * Imports an orders file: staged and grouped first, then written account by account, each with its rewards in one
 * atomic write. Killed at any moment and run again it ends in the same; run twice it changes nothing.
 * Rows that are wrong leave their order out and are reported. A dry run reports the same and writes nothing.
 * @throws {AppError} when the file cannot be read or its headers are not known
 */
export async function importOrders(
  ctx: Context,
  request: ImportRequest,
): Promise<ImportReport & { id: string | null }> {
  allow(ctx.actor, 'orders:write');
  const startedAt = performance.now();
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const options = {
    path: request.path,
    timeZone: business.timeZone,
    defaultCurrency: request.currency ?? business.currency,
    map: request.map,
    onProgress: (rows: number) => request.onProgress?.({ phase: 'read', rows }),
  };
  return withStagedOrders(options, async (staged) => {
    const report = emptyReport(toldFileOf(staged));
    report.lines = staged.rows;
    for (const [reason, rows] of staged.leftOut) leaveOut(report, reason, rows);
    const id = request.isDryRun === true ? null : await startImport(ctx, basename(request.path));
    await importAccounts(ctx, staged, { request, id, timeZone: business.timeZone, report, staged });
    for (const error of staged.errors()) refuse(report, error);
    if (request.rejectedTo && report.orders.rejected > 0) {
      report.rejectedRows = await staged.writeRejected(request.rejectedTo);
    }
    report.seconds = Math.round(performance.now() - startedAt) / 1000;
    if (id !== null) await finishImport(ctx, id, report);
    return { ...report, id };
  });
}

const insertImport = insertInto(imports);

async function startImport(ctx: Context, fileName: string): Promise<string> {
  const id = newId();
  await ctx.db.write([insertImport({ id, fileName, startedAt: ctx.now(), actor: actorName(ctx.actor) })]);
  return id;
}

async function finishImport(ctx: Context, id: string, report: ImportReport): Promise<void> {
  const kept = JSON.stringify({ ...report, errors: report.errors.slice(0, 100) });
  await ctx.db.write([
    statement('UPDATE imports SET finished_at = ?, report = ? WHERE id = ?', ctx.now(), kept, id),
  ]);
}

interface Importing {
  request: ImportRequest;
  id: string | null;
  timeZone: string;
  report: ImportReport;
  staged: StagedOrders;
}

async function importAccounts(ctx: Context, staged: StagedOrders, importing: Importing): Promise<void> {
  let step: ImportUnit[] = [];
  let size = 0;
  let done = 0;
  const write = async () => {
    await importStep(ctx, step, importing, 1);
    done += step.reduce((sum, { rows }) => sum + rows, 0);
    importing.request.onProgress?.({ phase: 'write', rows: done, of: staged.rows });
    step = [];
    size = 0;
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  for (const account of staged.accounts()) {
    step.push(unitOf(ctx, account));
    size += account.orders.length + account.credits.length;
    if (size >= ORDERS_PER_STEP) await write();
  }
  if (step.length > 0) await write();
  for (const takeBacks of pagesOf(staged.refunds())) {
    step = await takeBackUnits(ctx, takeBacks, ({ line, number, source, rows }, reason) => {
      if (rows.some(({ isRefund }) => isRefund)) staged.reject({ line, order: number, reason }, source);
      else leaveOut(importing.report, 'failed or cancelled before it was told', rows.length);
    });
    await write();
  }
}

function* pagesOf(takeBacks: Iterable<StagedTakeBack>): Generator<StagedTakeBack[]> {
  let page: StagedTakeBack[] = [];
  for (const takeBack of takeBacks) {
    page.push(takeBack);
    if (page.length < ORDERS_PER_STEP) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Writes some accounts, sales of nobody first; those that somebody else changed meanwhile are decided again, one by one. */
async function importStep(
  ctx: Context,
  units: readonly ImportUnit[],
  importing: Importing,
  tries: number,
): Promise<void> {
  const { id, report, staged, request, timeZone } = importing;
  const told: ToldUnit[] = [];
  for (const unit of units) told.push({ unit, drafts: await unit.drafts(timeZone) });
  const isDryRun = request.isDryRun === true;
  const { owned, again, outcomes } = await importSales(ctx, told, { importId: id, isDryRun });
  for (const { unit, outcome } of outcomes) countOutcome({ report, staged }, unit.places()[0], outcome);
  if (owned.length > 0) await importOwned(ctx, owned, importing, tries);
  if (again.length > 0 && tries >= TRIES_MAX)
    throw new AppError('unavailable', 'The sales are being changed by others; try again.');
  for (const unit of again) await importStep(ctx, [unit], importing, tries + 1);
}

async function importOwned(
  ctx: Context,
  told: readonly ToldUnit[],
  importing: Importing,
  tries: number,
): Promise<void> {
  const { request, timeZone } = importing;
  const isDryRun = request.isDryRun === true;
  const [units, drafts] = [told.map(({ unit }) => unit), told.map((one) => one.drafts)];
  const known = await loadKnown(ctx, drafts.flat());
  if (known.business.timeZone !== timeZone) {
    importing.timeZone = known.business.timeZone;
    return importStep(ctx, units, importing, tries);
  }
  const roots = [...known.accounts.values()].filter(({ id, rootId }) => id === rootId);
  if (!isDryRun && (await recountIfStale(ctx, known.business, roots)))
    return importStep(ctx, units, importing, tries);
  const now = ctx.now();
  const plans = drafts.map((own) => planDrafts(own, known, { now, importId: importing.id }));
  const writing = plans.flatMap((plan, index) => (isMoving(plan) ? [{ plan, index }] : []));
  const writes = writing.map(({ plan }): AccountUnit => {
    const customerOf = new Map(
      plan.outcomes.flatMap((outcome) =>
        outcome.kind === 'rejected' ? [] : [[orderKey(outcome.order), outcome.order.customerId]],
      ),
    );
    return {
      draft: plan.account,
      first: plan.statements,
      hasDueLots: known.dueLots.has(plan.account.root.id),
      last: (account) =>
        tellRewards(account, known.business, (order) => customerOf.get(orderKey(order)) ?? null, now),
    };
  });
  const terms = { business: known.business, now, actor: actorName(ctx.actor) };
  const committed = await commitAccounts(ctx, writes, terms, { isDryRun });
  const again: ImportUnit[] = [];
  for (const [position, { outcome, plan }] of committed.entries()) {
    const written = writing[position];
    const unit = units[written?.index ?? -1];
    if (written === undefined || unit === undefined) continue;
    if (outcome.ok) {
      countRewards(importing.report, plan.entries);
      countOutcomes(importing, unit, written.plan);
    } else if (isContention(outcome.error) && tries < TRIES_MAX) again.push(unit);
    else throw outcome.error;
  }
  for (const [index, plan] of plans.entries()) {
    const unit = units[index];
    if (!isMoving(plan) && unit !== undefined) countOutcomes(importing, unit, plan);
  }
  const stale = plans
    .filter((plan) => plan.account.isStale)
    .map((plan) => ({ ...plan.account.root, settledRevision: STALE }));
  if (stale.length > 0 && !isDryRun) await recountIfStale(ctx, known.business, stale);
  for (const unit of again) await importStep(ctx, [unit], importing, tries + 1);
}

function isMoving(plan: DraftsPlan): boolean {
  return plan.outcomes.some(({ kind }) => kind === 'created' || kind === 'completed');
}

function countRewards(report: ImportReport, entries: readonly { kind: string; amount: bigint }[]): void {
  for (const { kind, amount } of entries) {
    if (kind !== 'earn' && kind !== 'clawback') continue;
    report.rewards.entries += 1;
    report.rewards.earned += Number(amount);
  }
}

function countOutcomes({ report, staged }: Importing, unit: ImportUnit, plan: DraftsPlan): void {
  report.customers.created += isMoving(plan) ? plan.customersCreated : 0;
  const places = unit.places();
  for (const { line, source, number, reason } of unit.errors()) {
    staged.reject({ line, order: number, reason }, source);
  }
  for (const [index, outcome] of plan.outcomes.entries()) {
    countOutcome({ report, staged }, places[index], outcome);
  }
}

function leaveOut(report: ImportReport, reason: string, rows: number): void {
  const before = report.leftOut.find((one) => one.reason === reason);
  if (before === undefined) report.leftOut.push({ reason, rows });
  else before.rows += rows;
}

function countOutcome(
  { report, staged }: Pick<Importing, 'report' | 'staged'>,
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

function refuse(report: ImportReport, error: ImportReport['errors'][number]): void {
  report.orders.rejected += 1;
  if (report.errors.length < ERRORS_MAX) report.errors.push(error);
}
