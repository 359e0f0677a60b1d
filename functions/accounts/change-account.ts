import type { Logger } from '@logtape/logtape';
import { isConflictOn, relaxed, type Store, StoreConflict } from '../../db/store.ts';
import type { AccountQueue } from '../platform/account-queue.ts';
import { AppError } from '../platform/errors.ts';
import { sumTooLarge } from '../platform/money.ts';

const DEADLINE_MS = 5000;

/**
 * Runs a decision about one account: one after the other within this process, and again with fresh eyes when
 * another process was faster (the history row clashed), until five seconds are over.
 * @throws {AppError} `unavailable` when the account stays contended
 */
export function changeAccount<Result>(
  ctx: { queue: AccountQueue },
  key: string,
  decide: () => Promise<Result>,
): Promise<Result> {
  return ctx.queue.run(key, async () => {
    const deadline = performance.now() + DEADLINE_MS;
    for (let tries = 1; ; tries += 1) {
      try {
        return await decide();
      } catch (error) {
        if (isConflictOn(error, 'refused: sum_too_large')) throw sumTooLarge();
        if (!isContention(error)) throw error;
        if (performance.now() > deadline) {
          throw new AppError('unavailable', 'The account is being changed by many at once; try again.', {
            retry_after_s: 1,
          });
        }
        await pause(Math.random() * Math.min(200, 5 * 2 ** tries));
      }
    }
  });
}

/**
 * The same for a decision that makes all its reads through the context it is handed. A server's primary gives fresh
 * reads only with its one lock for writing, so the first decision begins with plain reads: what it writes is guarded in
 * SQL, and what it refuses, or leaves as it is ({@link assertFresh}), is decided again on fresh ones.
 * @throws {AppError} whatever `decide` throws on fresh reads, `unavailable`
 */
export function decideOnAccount<Ctx extends { queue: AccountQueue; db: Store }, Result>(
  ctx: Ctx,
  key: string,
  decide: (ctx: Ctx) => Promise<Result>,
): Promise<Result> {
  const db = relaxed(ctx.db);
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

/** Whether a write lost against another one and is worth deciding again. */
export function isContention(error: unknown): boolean {
  return isConflictOn(
    error,
    'refused: history',
    'history.account_id',
    'refused: programme_changed',
    'customers.email',
    'customer_keys.source',
    'accounts.name',
    'accounts.root_id',
    'accounts.owner_id',
    'accounts_shared_name',
    'accounts_department_name',
    'orders.source',
    'orders.id',
    'refused: sale_',
    'waiting_sales.source',
    'waiting_sales.version',
    'ledger.account_id',
    'refused: ledger',
    'club_event_answers',
    'referrals.friend_id',
    'refused: refund_exceeds_line',
    'order_events.order_id',
    'refunds.order_id',
    'case_events.feedback_id',
    'refused: case_events',
    'cases.feedback_id',
    'FOREIGN KEY',
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Lets a sweep go on past an account that somebody else is changing, that an operation refuses, or whose rows refuse to
 * be counted: the latter two are told in the log, and the accounts behind it are reached all the same.
 * @throws what is no refusal, such as a database that does not answer
 */
export function passOver(error: unknown, accountId: string, log: Logger): void {
  if (isContention(error)) return;
  if (error instanceof AppError) {
    log.warn('Account {accountId} is left for later: {code}', { accountId, code: error.code });
    return;
  }
  if (!(error instanceof StoreConflict)) throw error;
  log.error('Account {accountId} cannot be counted: {rule}', { accountId, rule: error.rule });
}
