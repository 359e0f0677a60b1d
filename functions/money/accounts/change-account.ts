import { withPlainFirstReads } from '../../../db/plain-first-reads.ts';
import { isConflictOn, type Store, StoreConflict } from '../../../db/store.ts';
import { isContention, retrying } from '../../ground/decision/retrying.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { sumTooLarge } from '../../ground/platform/money.ts';

/**
 * Runs a decision about one account: one after the other within this process, and again with fresh eyes when another
 * process was faster (the history row clashed).
 * @throws {AppError} `unavailable` when the account stays contended, `sum_too_large`
 */
export function changeAccount<Result>(
  ctx: Pick<Context, 'queue' | 'house'>,
  key: string,
  decide: () => Promise<Result>,
): Promise<Result> {
  return retrying(ctx, { subject: 'account', key }, async () => {
    try {
      return await decide();
    } catch (error) {
      throw isConflictOn(error, 'refused: sum_too_large') ? sumTooLarge() : error;
    }
  });
}

/**
 * The same for a decision that makes all its reads through the context it is handed. A server's primary gives fresh
 * reads only with its one lock for writing, so the first decision begins with plain reads: what it writes is guarded in
 * SQL, and what it refuses, or leaves as it is ({@link assertFresh}), is decided again on fresh ones.
 * @throws {AppError} whatever `decide` throws on fresh reads, `unavailable`
 */
export function decideOnAccount<Ctx extends Pick<Context, 'queue' | 'house' | 'db'>, Result>(
  ctx: Ctx,
  key: string,
  decide: (ctx: Ctx) => Promise<Result>,
): Promise<Result> {
  const db = withPlainFirstReads(ctx.db);
  let isFirst = db !== ctx.db;
  if (isFirst) firstLooks.add(db);
  return changeAccount(ctx, key, async () => {
    if (isFirst) {
      isFirst = false;
      try {
        return await decide({ ...ctx, db });
      } catch (error) {
        if (!(error instanceof AppError || error instanceof SeenAtFirst)) throw error;
      }
    }
    return decide(ctx);
  });
}

/** Ends a first decision that would write nothing, for nothing guards what it saw. */
export function assertFresh(db: Store): void {
  if (firstLooks.has(db)) throw new SeenAtFirst();
}

const firstLooks = new WeakSet<Store>();

class SeenAtFirst extends Error {}

/**
 * Lets a sweep go on past an account that somebody else is changing, that an operation refuses, or whose rows refuse to
 * be counted: the latter two are told in the log, and the accounts behind it are reached all the same.
 * @throws what is no refusal, such as a database that does not answer
 */
export function passOver(ctx: Pick<Context, 'house' | 'log'>, error: unknown, accountId: string): void {
  if (isContention(ctx, error)) return;
  if (error instanceof AppError) {
    ctx.log.warn('Account {accountId} is left for later: {code}', { accountId, code: error.code });
    return;
  }
  if (!(error instanceof StoreConflict)) throw error;
  ctx.log.error('Account {accountId} cannot be counted: {rule}', { accountId, rule: error.rule });
}
