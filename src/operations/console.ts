import { getCustomer } from '../../functions/console/get-customer.ts';
import { getOverview } from '../../functions/console/get-overview.ts';
import { search } from '../../functions/console/search.ts';
import type { Context } from '../../functions/platform/context.ts';
import { orNull } from './or-null.ts';
import type { ConsoleOperations } from './types.ts';

/** The console's room on behalf of the member of staff of a context. */
export function consoleOperations(ctx: Context): ConsoleOperations {
  return {
    getOverview: () => getOverview(ctx),
    search: (asked) => search(ctx, asked),
    getCustomer: (asked) => orNull(getCustomer(ctx, asked)),
  };
}
