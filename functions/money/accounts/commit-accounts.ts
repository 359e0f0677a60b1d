import type { Outcome, Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { BookChange, Lot, LotBook } from '../rewards/lots.ts';
import type { Settlement } from '../rewards/settle.ts';
import { bookPostings } from './book-postings.ts';
import { listLots, listOpenVouchers } from './list-lots.ts';
import {
  type AccountDraft,
  type AccountPlan,
  type LedgerChange,
  planChange,
  settleDraft,
  type Terms,
} from './plan-change.ts';
import type { Root } from './root.ts';

/** One root account's change with what goes before it in the same batch and what rides along after it. */
export interface AccountUnit {
  draft: AccountDraft;
  first: readonly Statement[];
  /** Whether a lot of the account is over by now, so that its closing entry is due. */
  hasDueLots: boolean;
  /** See `bookPostings`. */
  earnsFirst?: boolean;
  /** What the same act takes from the ledger before anything is posted. */
  spend?: (book: LotBook) => Spending;
  last?: (plan: AccountPlan, settlement: Settlement) => Decision;
}

export interface Spending {
  change: BookChange;
  decision: Decision;
}

export interface CommittedUnit {
  outcome: Outcome;
  plan: AccountPlan;
  settlement: Settlement;
}

/**
 * Settles, books and writes some root accounts, each atomically with everything that belongs to it.
 * A dry run plans the same and writes nothing.
 */
export async function commitAccounts(
  ctx: Context,
  units: readonly AccountUnit[],
  terms: Terms,
  options: { isDryRun?: boolean } = {},
): Promise<CommittedUnit[]> {
  const planned = await planUnits(ctx, units, terms);
  const outcomes: Outcome[] =
    options.isDryRun === true
      ? planned.map(() => ({ ok: true, results: [] }))
      : await ctx.db.writeMany(planned.map(({ statements }) => statements));
  return planned.flatMap(({ plan, settlement }, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [{ outcome, plan, settlement }];
  });
}

/**
 * The same for accounts that one act changes: all of it in one atomic write.
 * @throws {StoreConflict} when any of them was changed meanwhile: nothing was written
 */
export async function commitTogether(
  ctx: Context,
  units: readonly AccountUnit[],
  terms: Terms,
): Promise<void> {
  const planned = await planUnits(ctx, units, terms);
  await ctx.db.write(planned.flatMap(({ statements }) => statements));
}

async function planUnits(ctx: Context, units: readonly AccountUnit[], terms: Terms) {
  const settled = units.map((unit) => ({ unit, settlement: settleDraft(unit.draft, terms) }));
  const needing = settled
    .filter(({ unit, settlement }) => needsLots(unit, settlement))
    .map(({ unit }) => unit.draft.root);
  const books = await loadBooks(ctx, needing);
  return settled.map(({ unit, settlement }) => {
    const kept = bookOf(unit.draft.root, books);
    const spent = unit.spend?.(kept) ?? null;
    const book = spent?.change.book ?? kept;
    const { root } = unit.draft;
    const posted: LedgerChange =
      settlement.entries.length === 0 && !unit.hasDueLots
        ? { book, entries: [], lots: [], statements: [], issued: [] }
        : bookPostings(book, settlement.entries, books.vouchers.get(root.id) ?? [], {
            root,
            terms,
            earnsFirst: unit.earnsFirst ?? false,
          });
    const change = spent === null ? posted : afterSpending(spent.change, posted);
    const plan = planChange(unit.draft, settlement, change, terms);
    const also = [spent?.decision ?? {}, unit.last?.(plan, settlement) ?? {}];
    return {
      plan,
      settlement,
      statements: [...unit.first, ...plan.statements, ...toStatements(ctx, { also })],
    };
  });
}

/** Both changes as one; of a lot that both moved, its newest form. */
function afterSpending(spent: BookChange, posted: LedgerChange): LedgerChange {
  const lots = new Map([...spent.lots, ...posted.lots].map((lot) => [lot.seq, lot]));
  return { ...posted, entries: [...spent.entries, ...posted.entries], lots: [...lots.values()] };
}

/** The lots and open vouchers of some root accounts. */
export interface Books {
  lots: ReadonlyMap<string, Lot[]>;
  vouchers: ReadonlyMap<string, Awaited<ReturnType<typeof listOpenVouchers>>>;
}

export async function loadBooks(ctx: Context, roots: readonly Pick<Root, 'id'>[]): Promise<Books> {
  if (roots.length === 0) return { lots: new Map(), vouchers: new Map() };
  const ids = JSON.stringify(roots.map(({ id }) => id));
  const [lots, vouchers] = await Promise.all([
    listLots(ctx.db.fresh, { ids }),
    listOpenVouchers(ctx.db.fresh, { ids }),
  ]);
  return {
    lots: new Map([...Map.groupBy(lots, (row) => row.accountId)].map(([id, rows]) => [id, rows.map(lotOf)])),
    vouchers: Map.groupBy(vouchers, (row) => row.accountId),
  };
}

/** A root account's book; its lots may be missing while nothing is taken or over. */
export function bookOf(root: Root, books: Books) {
  return { lots: books.lots.get(root.id) ?? [], balance: root.balanceMinor, nextSeq: root.ledgerSeq + 1 };
}

function needsLots(unit: AccountUnit, settlement: Settlement): boolean {
  return unit.spend !== undefined || unit.hasDueLots || settlement.entries.some(({ amount }) => amount < 0n);
}

function lotOf(row: Awaited<ReturnType<typeof listLots>>[number]): Lot {
  return {
    seq: row.seq,
    ruleId: row.ruleId,
    version: row.version,
    amount: row.amountMinor,
    remaining: row.remainingMinor,
    expired: row.expiredMinor,
    datedAt: row.datedAt,
    expiresAt: row.expiresAt,
  };
}
