import { and, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { type AccountDecision, isUnchanged, type Unchanged } from '../../ground/decision/decision.ts';
import { toAccountStatements } from '../../ground/decision/write-decision.ts';
import type { HistoryPlace } from '../../ground/history/insert-history.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findRevision } from '../business/find-revision.ts';
import { assertFresh, decideOnAccount } from './change-account.ts';

/** What is to happen with an account that moves no money, or `unchanged`. */
export type HistoryDecision = AccountDecision | Unchanged;

/** The same with what the operation answers. */
export type AnsweredDecision<Result> = HistoryDecision & { result: Result };

type Deciding<Decided> = (ctx: Context) => Promise<Decided> | Decided;

const findNewest = query((db) =>
  db
    .select({ historySeq: accounts.historySeq })
    .from(accounts)
    .where(and(eq(accounts.id, sql.placeholder('id')), eq(accounts.rootId, sql.placeholder('id')))),
);

/**
 * Writes into the history of a root account something that moves no money, with everything else that the decision does,
 * in one atomic batch. The line of the history is the account's lock, so `decide` is asked again when the account changed
 * meanwhile. It makes its reads through the context it is handed. For several people's or nobody's account, use
 * `writeDecision`.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export function writeHistory<Result>(
  ctx: Context,
  rootId: string,
  decide: Deciding<AnsweredDecision<Result>>,
): Promise<Result>;
export function writeHistory(ctx: Context, rootId: string, decide: Deciding<HistoryDecision>): Promise<void>;
export function writeHistory(
  ctx: Context,
  rootId: string,
  decide: Deciding<HistoryDecision & { result?: unknown }>,
): Promise<unknown> {
  return decideOnAccount(ctx, rootId, async (seen) => {
    const db = seen.db.fresh;
    const deciding = Promise.allSettled([(async () => decide(seen))()]);
    const [place, [decided]] = await Promise.all([findNextPlace(db, rootId), deciding]);
    if (place === null) throw new AppError('not_found', 'There is no such account.');
    if (decided.status === 'rejected') throw decided.reason;
    const decision = decided.value;
    if (isUnchanged(decision)) {
      assertFresh(seen.db);
      return decision.result;
    }
    await ctx.db.write(toAccountStatements(ctx, decision, { rootId, ...place }));
    return decision.result;
  });
}

/** The next place in the history of a root account; null when there is no such account. */
export async function findNextPlace(db: Store, rootId: string): Promise<HistoryPlace | null> {
  const [[root], [programme]] = await Promise.all([findNewest(db, { id: rootId }), findRevision(db)]);
  return root === undefined ? null : { seq: root.historySeq + 1, revision: programme?.revision ?? 0 };
}
