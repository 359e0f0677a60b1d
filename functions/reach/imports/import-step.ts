import { isContention, type Lost, retryingLost } from '../../ground/decision/retrying.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { type AccountUnit, commitAccounts } from '../../money/accounts/commit-accounts.ts';
import { STALE } from '../../money/accounts/plan-change.ts';
import { loadOrderContext, type OrderContext } from '../../money/orders/load-order-context.ts';
import { orderKey } from '../../money/orders/load-orders.ts';
import { tellRewards } from '../../money/orders/notices.ts';
import { type DraftsPlan, planDrafts } from '../../money/orders/plan-drafts.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
import { findTooLarge, isTooLarge, withoutTooLarge } from './exact-sums.ts';
import { markUnit } from './import-progress.ts';
import { type DraftedUnit, importSales } from './import-sales.ts';
import type { ImportUnit } from './import-unit.ts';
import { splitMoved } from './moved-units.ts';
import type { ImportReport } from './report.ts';
import type { StagedOrders } from './staging.ts';
import {
  addTally,
  emptyTally,
  isMoving,
  refusalsOf,
  tallyOf,
  tallyOutcomes,
  type UnitTally,
  withRewards,
} from './tally.ts';

/** An import under way. */
export interface Importing {
  /** Null for a dry run. */
  importId: string | null;
  /** Under which name what is written is marked; null where nothing is. */
  run: string | null;
  /** What was written by a step that was cut off, by unit. */
  marks: ReadonlyMap<string, UnitTally>;
  timeZone: string;
  report: ImportReport;
  staged: StagedOrders;
  /** See `tallyOf`. */
  brought: Set<string>;
}

/** Writes some accounts, sales of nobody first; those that somebody else changed meanwhile are decided again, one by one. */
export async function importStep(
  ctx: Context,
  units: readonly ImportUnit[],
  importing: Importing,
): Promise<void> {
  const open = withoutMarked(units, importing);
  await retryingLost(ctx, { subject: 'account', units: open }, (some) => importOnce(ctx, some, importing));
}

/** What is left to write; what a step that was cut off wrote is counted by its mark. */
function withoutMarked(units: readonly ImportUnit[], importing: Importing): ImportUnit[] {
  return units.filter(({ key }) => {
    const tally = importing.marks.get(key);
    if (tally !== undefined) addTally(importing, tally);
    return tally === undefined;
  });
}

/** Writes some accounts, each in one atomic write, and returns those that somebody else changed meanwhile. */
async function importOnce(
  ctx: Context,
  units: readonly ImportUnit[],
  importing: Importing,
): Promise<Lost<ImportUnit>[]> {
  const { importId, run, staged, timeZone } = importing;
  const drafted: DraftedUnit[] = [];
  for (const unit of units) drafted.push({ unit, drafts: await unit.drafts(timeZone) });
  const { owned, lost, outcomes } = await importSales(ctx, drafted, {
    importId,
    isDryRun: importId === null,
    marksOf: (unit, outcome) =>
      run === null ? [] : [markUnit(run, unit.key, tallyOutcomes(unit, [outcome], staged))],
  });
  for (const { unit, outcome } of outcomes) addTally(importing, tallyOutcomes(unit, [outcome], staged));
  return owned.length === 0 ? lost : [...lost, ...(await importOwned(ctx, owned, importing))];
}

async function importOwned(
  ctx: Context,
  drafted: readonly DraftedUnit[],
  importing: Importing,
): Promise<Lost<ImportUnit>[]> {
  const { importId, timeZone } = importing;
  const isDryRun = importId === null;
  const [units, drafts] = [drafted.map(({ unit }) => unit), drafted.map((one) => one.drafts)];
  const known = await loadOrderContext(ctx, drafts.flat());
  if (known.business.timeZone !== timeZone) {
    importing.timeZone = known.business.timeZone;
    return importOnce(ctx, units, importing);
  }
  const roots = [...known.accounts.values()].filter(({ id, rootId }) => id === rootId);
  if (!isDryRun && (await recountIfStale(ctx, known.business, roots)))
    return importOnce(ctx, units, importing);
  const now = ctx.now();
  const plans = drafts.map((own) => planDrafts(own, known, { now, importId }));
  const split = await splitMoved(ctx, drafted, plans);
  if (split !== null) return importOnce(ctx, withoutMarked(split, importing), importing);
  const tooLarge = isDryRun ? await findTooLarge(ctx, plans) : new Set<DraftsPlan>();
  const leave = async (index: number) => {
    const [unit, own] = [units[index], drafts[index] ?? []];
    if (unit === undefined) return;
    const left = await withoutTooLarge(ctx, unit, { drafts: own, known, now });
    if ((await left.drafts(timeZone)).length > 0) await importStep(ctx, [left], importing);
    else addTally(importing, { ...emptyTally(), refusals: refusalsOf(left) });
  };
  const planned = plans.flatMap((plan, index) => {
    const unit = units[index];
    return unit === undefined ? [] : [{ unit, plan, index }];
  });
  const writing = planned.filter(({ plan }) => isMoving(plan) && !tooLarge.has(plan));
  const writes = writing.map((one) => accountUnitOf(ctx, one, { known, importing }));
  const terms = { business: known.business, now, actor: actorName(ctx.actor) };
  const committed = await commitAccounts(ctx, writes, terms, { isDryRun }).catch((error: unknown) => {
    if (!isTooLarge(error)) throw error;
    return null;
  });
  if (committed === null) {
    if (units.length === 1) await leave(0);
    else for (const unit of units) await importStep(ctx, [unit], importing);
    return [];
  }
  const lost: Lost<ImportUnit>[] = [];
  for (const [position, { outcome, plan }] of committed.entries()) {
    const written = writing[position];
    if (written === undefined) continue;
    if (outcome.ok) {
      addTally(importing, withRewards(tallyOf(written, importing), plan.entries));
      noteBrought(written.plan, importing);
    } else if (isTooLarge(outcome.error)) await leave(written.index);
    else if (isContention(ctx, outcome.error)) lost.push({ unit: written.unit, error: outcome.error });
    else throw outcome.error;
  }
  for (const { plan, index, unit } of planned) {
    if (tooLarge.has(plan)) await leave(index);
    else if (!isMoving(plan)) addTally(importing, tallyOf({ unit, plan }, importing));
  }
  const stale = plans
    .filter((plan) => plan.account.isStale)
    .map((plan) => ({ ...plan.account.root, settledRevision: STALE }));
  if (stale.length > 0 && !isDryRun) await recountIfStale(ctx, known.business, stale);
  return lost;
}

function noteBrought({ isShared, customersCreated }: DraftsPlan, { brought }: Importing): void {
  if (isShared) for (const id of customersCreated) brought.add(id);
}

/** What one account's part of a step writes, with the mail about what it earned. */
function accountUnitOf(
  ctx: Context,
  { unit, plan }: { unit: ImportUnit; plan: DraftsPlan },
  { known, importing }: { known: OrderContext; importing: Importing },
): AccountUnit {
  const { business, dueLots } = known;
  const { run } = importing;
  const customerOf = new Map(
    plan.outcomes.flatMap((outcome) =>
      outcome.kind === 'rejected' ? [] : [[orderKey(outcome.order), outcome.order.customerId]],
    ),
  );
  const tally: UnitTally | null = run === null ? null : tallyOf({ unit, plan }, importing);
  return {
    draft: plan.account,
    first: plan.statements,
    hasDueLots: dueLots.has(plan.account.root.id),
    last: (account) => ({
      letters: tellRewards(ctx, account, business, (order) => customerOf.get(orderKey(order)) ?? null),
      beside:
        run === null || tally === null ? [] : [markUnit(run, unit.key, withRewards(tally, account.entries))],
    }),
  };
}
