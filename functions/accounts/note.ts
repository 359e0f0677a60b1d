import { and, eq, sql } from 'drizzle-orm';
import { query, statement } from '../../db/query.ts';
import { accounts } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { findRevision } from '../business/queries.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { exactJson } from '../platform/exact-json.ts';
import { decideOnAccount } from './change-account.ts';
import { insertHistory } from './statements.ts';

/** What is to be written about an account beside what else happens. */
export interface Note<Result> {
  /** The kind of the history row and what it tells: ids, codes and amounts, no personal data. */
  kind: string;
  detail: Record<string, unknown>;
  statements: readonly Statement[];
  result: Result;
}

const findRoot = query((db) =>
  db
    .select({ historySeq: accounts.historySeq })
    .from(accounts)
    .where(and(eq(accounts.id, sql.placeholder('id')), eq(accounts.rootId, sql.placeholder('id')))),
);

/**
 * Writes into the history of a root account something that moves no money, with the rows that make it so, in one atomic
 * batch; the history row is the account's lock, so `decide` is asked again when the account changed meanwhile. It makes
 * its reads through the context it is handed. For several people's or nobody's account, write without a note.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export function note<Result>(
  ctx: Context,
  rootId: string,
  decide: (ctx: Context) => Promise<Note<Result>> | Note<Result>,
): Promise<Result> {
  return decideOnAccount(ctx, rootId, async (seen) => {
    const db = seen.db.fresh;
    const deciding = Promise.allSettled([(async () => decide(seen))()]);
    const [[root], [programme], [decided]] = await Promise.all([
      findRoot(db, { id: rootId }),
      findRevision(db),
      deciding,
    ]);
    if (root === undefined) throw new AppError('not_found', 'There is no such account.');
    if (decided.status === 'rejected') throw decided.reason;
    const decision = decided.value;
    const seq = root.historySeq + 1;
    const row = insertHistory({
      accountId: rootId,
      seq,
      at: ctx.now(),
      kind: decision.kind,
      actor: actorName(ctx.actor),
      detail: exactJson(decision.detail),
      programmeRevision: programme?.revision ?? 0,
    });
    const moved = statement('UPDATE accounts SET history_seq = ? WHERE id = ?', seq, rootId);
    await ctx.db.write([row, moved, ...decision.statements]);
    return decision.result;
  });
}

/**
 * The statements that tell another root account the same beside a note, in its batch. They take the next place in its
 * history whatever it is: for what needs no decision about that account.
 */
export function noteBeside(
  ctx: Pick<Context, 'actor' | 'now'>,
  rootId: string,
  { kind, detail }: Pick<Note<unknown>, 'kind' | 'detail'>,
): Statement[] {
  return [
    statement(
      `INSERT INTO history (account_id, seq, at, kind, actor, detail, programme_revision)
       SELECT id, history_seq + 1, ?, ?, ?, ?, (SELECT coalesce(max(revision), 0) FROM programmes)
       FROM accounts WHERE id = ?`,
      ctx.now(),
      kind,
      actorName(ctx.actor),
      exactJson(detail),
      rootId,
    ),
    statement('UPDATE accounts SET history_seq = history_seq + 1 WHERE id = ?', rootId),
  ];
}
