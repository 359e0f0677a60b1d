import { type Decision, isUnchanged, type Unchanged } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { OpenVoucher } from '../accounts/book-postings.ts';
import { assertFresh, decideOnAccount } from '../accounts/change-account.ts';
import { bookOf, loadBooks } from '../accounts/commit-accounts.ts';
import { listAccounts } from '../accounts/list-accounts.ts';
import { listTotals } from '../accounts/list-totals.ts';
import {
  type AccountDraft,
  type AccountPlan,
  type LedgerChange,
  planChange,
} from '../accounts/plan-change.ts';
import { type Root, type RuleTotal, totalsByKey } from '../accounts/root.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { recountIfStale } from '../orders/recount.ts';
import type { LotBook } from '../rewards/lots.ts';

/** A root account as a decision about its ledger sees it. */
export interface LedgerState {
  root: Root;
  book: LotBook;
  openVouchers: readonly OpenVoucher[];
  totals: ReadonlyMap<string, RuleTotal>;
  business: Business;
  /** The business currency; nothing moves in a ledger before one is set. */
  currency: string;
  now: number;
}

/** What a decision about a ledger comes to. */
export interface LedgerDecision<Result> {
  change: Omit<LedgerChange, 'statements' | 'issued'>;
  history: AccountDraft['history'];
  /** The decision changes what orders count for: they are to be counted again, by the caller or by the next sweep. */
  isStale?: boolean;
  /** What else it does, and what the operation answers, by the account after the change. */
  after: (plan: AccountPlan) => Decision & { result: Result };
}

type Decided<Result> = LedgerDecision<Result> | (Unchanged & { result: Result });

/**
 * Decides on one root account's ledger and writes the decision in one atomic batch; decided again when the account
 * changed meanwhile. For everything that moves balance without moving orders.
 * @throws {AppError} `not_found`, `currency_not_set`, whatever `decide` throws, `unavailable`
 */
export function changeLedger<Result>(
  ctx: Context,
  rootId: string,
  decide: (state: LedgerState) => Decided<Result> | Promise<Decided<Result>>,
): Promise<Result> {
  return decideOnAccount(ctx, rootId, async (seen) => {
    const state = await loadLedger(seen, rootId);
    const { business, now, root } = state;
    const decision = await decide(state);
    if (isUnchanged(decision)) {
      assertFresh(seen.db);
      return decision.result;
    }
    const draft: AccountDraft = {
      root,
      totals: state.totals,
      changes: [],
      spend: new Map(),
      history: decision.history,
      isStale: decision.isStale ?? false,
    };
    const change: LedgerChange = { ...decision.change, statements: [], issued: [] };
    const plan = planChange(draft, { entries: [], totals: new Map(), rows: [] }, change, {
      business,
      now,
      actor: actorName(ctx.actor),
    });
    const { result, ...after } = decision.after(plan);
    await ctx.db.write([...plan.statements, ...toStatements(ctx, after)]);
    return result;
  });
}

async function loadLedger(ctx: Context, rootId: string): Promise<LedgerState> {
  const db = ctx.db.fresh;
  const ids = JSON.stringify([rootId]);
  const [business, [root], totals, books] = await Promise.all([
    getBusiness({ ...ctx, db }),
    listAccounts(db, { ids }),
    listTotals(db, { ids }),
    loadBooks(ctx, [{ id: rootId }]),
  ]);
  if (root === undefined || root.id !== root.rootId)
    throw new AppError('not_found', 'There is no such account.');
  if (await recountIfStale(ctx, business, [root])) return loadLedger(ctx, rootId);
  if (business.currency === null) {
    throw new AppError(
      'currency_not_set',
      'Set a currency first: by a programme, or by settings set currency.',
    );
  }
  return {
    root,
    book: bookOf(root, books),
    openVouchers: books.vouchers.get(rootId) ?? [],
    totals: totalsByKey(totals),
    business,
    currency: business.currency,
    now: ctx.now(),
  };
}
