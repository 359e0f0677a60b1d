import { basename } from 'node:path';
import { isContention } from '../accounts/change-account.ts';
import { type AccountUnit, commitAccounts } from '../accounts/commit-accounts.ts';
import { STALE } from '../accounts/plan-change.ts';
import { getBusiness } from '../business/business.ts';
import { loadKnown } from '../orders/known.ts';
import { orderKey } from '../orders/load-orders.ts';
import { tellRewards } from '../orders/notices.ts';
import { type DraftsPlan, planDrafts } from '../orders/plan-drafts.ts';
import { recountIfStale } from '../orders/recount.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { ColumnMap } from './column-map.ts';
import {
  countOutcome,
  countOutcomes,
  countRewards,
  isMoving,
  leaveOut,
  refuse,
  rejectErrors,
} from './count-outcomes.ts';
import { unitOf } from './draft-orders.ts';
import { findTooLarge, isTooLarge, withoutTooLarge } from './exact-sums.ts';
import { finishImport, startImport } from './import-record.ts';
import { importSales, type ToldUnit } from './import-sales.ts';
import type { ImportUnit } from './import-unit.ts';
import { emptyReport, type ImportReport, toldFileOf } from './report.ts';
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
    const { timeZone } = business;
    await importAccounts(ctx, { request, id, timeZone, report, staged, brought: new Set() });
    for (const error of staged.errors()) refuse(report, error);
    if (request.rejectedTo && report.orders.rejected > 0) {
      report.rejectedRows = await staged.writeRejected(request.rejectedTo);
    }
    report.seconds = Math.round(performance.now() - startedAt) / 1000;
    if (id !== null) await finishImport(ctx, id, report);
    return { ...report, id };
  });
}

interface Importing {
  request: ImportRequest;
  id: string | null;
  timeZone: string;
  report: ImportReport;
  staged: StagedOrders;
  brought: Set<string>;
}

async function importAccounts(ctx: Context, importing: Importing): Promise<void> {
  const { staged } = importing;
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
      else if (!rows.every(({ isCancelled }) => isCancelled))
        leaveOut(importing.report, 'failed or cancelled before it was told', rows.length);
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
  for (const { unit, outcome } of outcomes) {
    rejectErrors(staged, unit);
    countOutcome({ report, staged }, unit.places()[0], outcome);
  }
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
  const { request, timeZone, staged } = importing;
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
  const tooLarge = isDryRun ? await findTooLarge(ctx, plans) : new Set<DraftsPlan>();
  const leave = async (index: number) => {
    const [unit, own] = [units[index], drafts[index] ?? []];
    if (unit === undefined) return;
    const left = await withoutTooLarge(ctx, unit, { drafts: own, known, now });
    if ((await left.drafts(timeZone)).length > 0) await importStep(ctx, [left], importing, tries);
    else rejectErrors(staged, left);
  };
  const writing = plans.flatMap((plan, index) =>
    isMoving(plan) && !tooLarge.has(plan) ? [{ plan, index }] : [],
  );
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
  const committed = await commitAccounts(ctx, writes, terms, { isDryRun }).catch((error: unknown) => {
    if (!isTooLarge(error)) throw error;
    return null;
  });
  if (committed === null) {
    if (units.length === 1) return leave(0);
    for (const unit of units) await importStep(ctx, [unit], importing, tries);
    return;
  }
  const again: ImportUnit[] = [];
  for (const [position, { outcome, plan }] of committed.entries()) {
    const written = writing[position];
    const unit = units[written?.index ?? -1];
    if (written === undefined || unit === undefined) continue;
    if (outcome.ok) {
      countRewards(importing.report, plan.entries);
      countOutcomes(importing, unit, written.plan);
    } else if (isTooLarge(outcome.error)) await leave(written.index);
    else if (isContention(outcome.error) && tries < TRIES_MAX) again.push(unit);
    else throw outcome.error;
  }
  for (const [index, plan] of plans.entries()) {
    const unit = units[index];
    if (tooLarge.has(plan)) await leave(index);
    else if (!isMoving(plan) && unit !== undefined) countOutcomes(importing, unit, plan);
  }
  const stale = plans
    .filter((plan) => plan.account.isStale)
    .map((plan) => ({ ...plan.account.root, settledRevision: STALE }));
  if (stale.length > 0 && !isDryRun) await recountIfStale(ctx, known.business, stale);
  for (const unit of again) await importStep(ctx, [unit], importing, tries + 1);
}
