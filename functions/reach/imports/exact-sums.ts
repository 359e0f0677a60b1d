import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accountSpend } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { isExactNumber } from '../../ground/platform/exact-json.ts';
import type { OrderContext } from '../../money/orders/load-order-context.ts';
import { type DraftsPlan, planDrafts } from '../../money/orders/plan-drafts.ts';
import type { ImportUnit, OrderPlace } from './import-unit.ts';
import { because } from './reason.ts';

/** Whether a write was refused because a sum of the account would be told inexactly. */
export function isTooLarge(error: unknown): boolean {
  return (
    (error instanceof AppError && error.code === 'sum_too_large') ||
    isConflictOn(error, 'refused: sum_too_large')
  );
}

const listSpend = query((db) =>
  db
    .select({
      rootId: accountSpend.rootId,
      currency: accountSpend.currency,
      spendMinor: accountSpend.spendMinor,
    })
    .from(accountSpend)
    .where(sql`root_id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);

type Spend = ReadonlyMap<string, bigint>;

const placeOf = (rootId: string, currency: string) => `${rootId} ${currency}`;

async function loadSpend(ctx: Context, plans: readonly DraftsPlan[]): Promise<Spend> {
  const ids = JSON.stringify(plans.map(({ account }) => account.root.id));
  const rows = await listSpend(ctx.db.fresh, { ids });
  return new Map(rows.map((row) => [placeOf(row.rootId, row.currency), row.spendMinor]));
}

function fits({ account }: DraftsPlan, spend: Spend): boolean {
  return [...account.spend].every(([currency, { minor }]) =>
    isExactNumber((spend.get(placeOf(account.root.id, currency)) ?? 0n) + minor),
  );
}

/** Which of some plans the database would refuse to write, for a dry run, which does not ask it. */
export async function findTooLarge(
  ctx: Context,
  plans: readonly DraftsPlan[],
): Promise<ReadonlySet<DraftsPlan>> {
  const spend = await loadSpend(ctx, plans);
  return new Set(plans.filter((plan) => !fits(plan, spend)));
}

/**
 * The same orders of one account without those by which its sums would be told inexactly, which are its errors; without any
 * where its balance alone would be.
 */
export async function withoutTooLarge(
  ctx: Context,
  unit: ImportUnit,
  told: { drafts: Awaited<ReturnType<ImportUnit['drafts']>>; known: OrderContext; now: number },
): Promise<ImportUnit> {
  const { drafts, known, now } = told;
  const plans = drafts.map((draft) => planDrafts([draft], known, { now, importId: null }));
  const spend = new Map(await loadSpend(ctx, plans));
  // An account that is new has another id in each of these plans.
  const isNew = (plan: DraftsPlan) => plan.account.root.historySeq === 0;
  const beyond = new Set<number>();
  for (const [index, plan] of plans.entries()) {
    const moved = isNew(plan)
      ? { ...plan, account: { ...plan.account, root: { ...plan.account.root, id: '' } } }
      : plan;
    if (!fits(moved, spend)) {
      beyond.add(index);
      continue;
    }
    for (const [currency, { minor }] of moved.account.spend) {
      const place = placeOf(moved.account.root.id, currency);
      spend.set(place, (spend.get(place) ?? 0n) + minor);
    }
  }
  const isLeftOut = (index: number) => beyond.size === 0 || beyond.has(index);
  return leavingOut(
    unit,
    new Set(drafts.flatMap((draft, index) => (isLeftOut(index) ? [keyOf(draft)] : []))),
  );
}

const keyOf = ({ source, number }: Omit<OrderPlace, 'line'>) => `${source}\n${number}`;

function leavingOut(unit: ImportUnit, left: ReadonlySet<string>): ImportUnit {
  const isKept = (place: Omit<OrderPlace, 'line'>) => !left.has(keyOf(place));
  const reason = because('sums_too_large');
  return {
    key: unit.key,
    rows: unit.rows,
    drafts: async (timeZone) => (await unit.drafts(timeZone)).filter(isKept),
    places: () => unit.places().filter(isKept),
    errors: () => [
      ...unit.errors(),
      ...unit
        .places()
        .filter((place) => !isKept(place))
        .map((place) => ({ ...place, reason })),
    ],
  };
}
