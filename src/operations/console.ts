import { addNote } from '../../functions/console/add-note.ts';
import { adjustBalance, readCredit } from '../../functions/console/adjust-balance.ts';
import { getCustomer } from '../../functions/console/get-customer.ts';
import { getOverview } from '../../functions/console/get-overview.ts';
import { listWaiting } from '../../functions/console/list-waiting.ts';
import { search } from '../../functions/console/search.ts';
import type { Context } from '../../functions/platform/context.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';
import type { ConsoleOperations } from './types.ts';

/** The console's room on behalf of the member of staff of a context. */
export function consoleOperations(ctx: Context): ConsoleOperations {
  return {
    getOverview: () => getOverview(ctx),
    listWaiting: () => listWaiting(ctx),
    search: (asked) => search(ctx, asked),
    getCustomer: (asked) => orNull(getCustomer(ctx, asked)),
    addNote: (given) =>
      orRefusal(['validation_failed'], async () => {
        await addNote(ctx, given);
        return { ok: true as const };
      }),
    readCredit: (given) =>
      orRefusal(['validation_failed', 'currency_not_set'], async () => ({
        ok: true as const,
        amount: await readCredit(ctx, given),
      })),
    adjustBalance: (given) =>
      orRefusal(
        ['validation_failed', 'insufficient_balance', 'currency_not_set', 'credit_to_oneself'],
        async () => ({ ok: true as const, outcome: await adjustBalance(ctx, given) }),
      ),
  };
}
