import { isConflictOn } from '../../db/store.ts';
import type { AccountQueue } from '../platform/account-queue.ts';
import { AppError } from '../platform/errors.ts';

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

/** Whether a write lost against another one and is worth deciding again. */
export function isContention(error: unknown): boolean {
  return isConflictOn(
    error,
    'refused: history',
    'history.account_id',
    'refused: programme_changed',
    'customers.email',
    'accounts.name',
    'accounts.root_id',
    'accounts.owner_id',
    'accounts_shared_name',
    'accounts_department_name',
    'orders.source',
    'ledger.account_id',
    'refused: ledger',
    'order_events.order_id',
    'refunds.order_id',
    'FOREIGN KEY',
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
