import type { Statement } from '../../../db/store.ts';
import { isContention, type Lost } from '../../ground/decision/retrying.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { noteSaleChange } from '../../money/orders/import-change.ts';
import { listOwnersByKey } from '../../money/orders/list-order-people.ts';
import { orderKey } from '../../money/orders/load-orders.ts';
import type { OrderDraft } from '../../money/orders/order.ts';
import { listSalesByKey } from '../../money/orders/waiting/find-sales.ts';
import { keepSale } from '../../money/orders/waiting/keep-sale.ts';
import { planSale, type SaleOutcome } from '../../money/orders/waiting/plan-sale.ts';
import type { ImportUnit } from './import-unit.ts';

/** A unit with the drafts it gave last. */
export interface DraftedUnit {
  unit: ImportUnit;
  drafts: OrderDraft[];
}

export interface ImportedSales {
  outcomes: { unit: ImportUnit; outcome: SaleOutcome }[];
  /** What is not a sale of nobody, orders of somebody among it whose customer the file does not name. */
  owned: DraftedUnit[];
  /** Somebody else was faster: they have to be looked at anew. */
  lost: Lost<ImportUnit>[];
}

interface ImportTerms {
  importId: string | null;
  isDryRun: boolean;
  /** What goes into the same write as an outcome. */
  marksOf: (unit: ImportUnit, outcome: SaleOutcome) => Statement[];
}

/** Keeps the sales of nobody among some units, many with one commit and two reads; each of them is a unit of its own. */
export async function importSales(
  ctx: Context,
  drafted: readonly DraftedUnit[],
  { importId, isDryRun, marksOf }: ImportTerms,
): Promise<ImportedSales> {
  const imported: ImportedSales = { outcomes: [], owned: [], lost: [] };
  const sales: { unit: ImportUnit; draft: OrderDraft }[] = [];
  for (const one of drafted) {
    const draft = one.drafts.find(({ buyer }) => buyer.kind === 'nobody');
    if (draft === undefined) imported.owned.push(one);
    else sales.push({ unit: one.unit, draft });
  }
  if (sales.length === 0) return imported;
  const { saleOf, ownerOf } = await loadKept(ctx, sales);
  const terms = { now: ctx.now(), importId, actor: actorName(ctx.actor) };
  const planned = sales.flatMap(({ unit, draft }) => {
    const owner = ownerOf.get(orderKey(draft));
    if (owner === undefined) return [{ unit, outcome: planSale(draft, saleOf.get(orderKey(draft)), terms) }];
    imported.owned.push({ unit, drafts: [asOf(owner, draft)] });
    return [];
  });
  const writing = planned.flatMap(({ unit, outcome }) =>
    outcome.kind === 'created' || outcome.kind === 'completed'
      ? [{ outcome, marks: marksOf(unit, outcome) }]
      : [],
  );
  const refusals = isDryRun ? new Map<SaleOutcome, unknown>() : await keepAll(ctx, writing, terms);
  for (const one of planned) {
    if (refusals.has(one.outcome)) imported.lost.push({ unit: one.unit, error: refusals.get(one.outcome) });
    else imported.outcomes.push(one);
  }
  return imported;
}

type Owner = Awaited<ReturnType<typeof listOwnersByKey>>[number];

async function loadKept(ctx: Context, sales: readonly { draft: OrderDraft }[]) {
  const db = ctx.db.fresh;
  const keys = JSON.stringify(sales.map(({ draft: { source, number } }) => [source, number]));
  const [kept, owners] = await Promise.all([listSalesByKey(db, { keys }), listOwnersByKey(db, { keys })]);
  return {
    saleOf: new Map(kept.map((sale) => [orderKey(sale.order), sale])),
    ownerOf: new Map(owners.map((owner) => [orderKey(owner), owner])),
  };
}

/** The draft as one of whose order it is by now. */
function asOf({ customerId, account, department }: Owner, draft: OrderDraft): OrderDraft {
  return {
    ...draft,
    buyer: { kind: 'customer', id: customerId },
    account: draft.account ?? account,
    department: draft.department ?? department,
  };
}

/** The outcomes that were not written, since somebody else was faster, and the refusal of each. */
async function keepAll<Outcome extends Extract<SaleOutcome, { sale: unknown }>>(
  ctx: Context,
  outcomes: readonly { outcome: Outcome; marks: readonly Statement[] }[],
  { importId, now }: { importId: string | null; now: number },
): Promise<Map<SaleOutcome, unknown>> {
  if (outcomes.length === 0) return new Map();
  const written = await ctx.db.writeMany(
    outcomes.map(({ outcome, marks }) => {
      const isOwn = outcome.kind !== 'completed' || outcome.before.order.importId === importId;
      if (isOwn || importId === null) return [keepSale(outcome.sale), ...marks];
      return [keepSale(outcome.sale), noteSaleChange(outcome.before, { importId, now }), ...marks];
    }),
  );
  const lost = new Map<SaleOutcome, unknown>();
  for (const [index, { ok, ...rest }] of written.entries()) {
    const outcome = outcomes[index]?.outcome;
    if (ok || outcome === undefined) continue;
    const error = 'error' in rest ? rest.error : null;
    if (!isContention(ctx, error)) throw error;
    lost.set(outcome, error);
  }
  return lost;
}
