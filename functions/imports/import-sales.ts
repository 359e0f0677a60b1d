import { isContention } from '../accounts/change-account.ts';
import { noteSaleChange } from '../orders/import-change.ts';
import { orderKey } from '../orders/load-orders.ts';
import type { OrderDraft } from '../orders/order.ts';
import { listOwnersByKey } from '../orders/queries.ts';
import { planSale, type SaleOutcome } from '../orders/waiting/plan-sale.ts';
import { listSalesByKey } from '../orders/waiting/queries.ts';
import { keepSale } from '../orders/waiting/statements.ts';
import { actorName, type Context } from '../platform/context.ts';
import type { ImportUnit } from './import-unit.ts';

/** A unit with the drafts it told last. */
export interface ToldUnit {
  unit: ImportUnit;
  drafts: OrderDraft[];
}

export interface ImportedSales {
  outcomes: { unit: ImportUnit; outcome: SaleOutcome }[];
  /** What is not a sale of nobody, orders of somebody among it whose customer the file does not name. */
  owned: ToldUnit[];
  /** Somebody else was faster: they have to be looked at anew. */
  again: ImportUnit[];
}

/** Keeps the sales of nobody among some units, many with one commit and two reads; each of them is a unit of its own. */
export async function importSales(
  ctx: Context,
  told: readonly ToldUnit[],
  { importId, isDryRun }: { importId: string | null; isDryRun: boolean },
): Promise<ImportedSales> {
  const imported: ImportedSales = { outcomes: [], owned: [], again: [] };
  const sales: { unit: ImportUnit; draft: OrderDraft }[] = [];
  for (const one of told) {
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
  const writing = planned.flatMap(({ outcome }) =>
    outcome.kind === 'created' || outcome.kind === 'completed' ? [outcome] : [],
  );
  const lost = isDryRun ? new Set() : await keepAll(ctx, writing, terms);
  for (const one of planned) {
    if (lost.has(one.outcome)) imported.again.push(one.unit);
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

/** Which of the outcomes were not written, since somebody else was faster. */
async function keepAll<Outcome extends Extract<SaleOutcome, { sale: unknown }>>(
  ctx: Context,
  outcomes: readonly Outcome[],
  { importId, now }: { importId: string | null; now: number },
): Promise<Set<SaleOutcome>> {
  if (outcomes.length === 0) return new Set();
  const written = await ctx.db.writeMany(
    outcomes.map((outcome) => {
      const isOwn = outcome.kind !== 'completed' || outcome.before.order.importId === importId;
      if (isOwn || importId === null) return [keepSale(outcome.sale)];
      return [keepSale(outcome.sale), noteSaleChange(outcome.before, { importId, now })];
    }),
  );
  const lost = new Set<SaleOutcome>();
  for (const [index, { ok, ...rest }] of written.entries()) {
    const outcome = outcomes[index];
    if (ok || outcome === undefined) continue;
    const error = 'error' in rest ? rest.error : null;
    if (!isContention(error)) throw error;
    lost.add(outcome);
  }
  return lost;
}
