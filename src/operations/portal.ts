import type { Context } from '../../functions/platform/context.ts';
import { AppError } from '../../functions/platform/errors.ts';
import { rename, setLanguage } from '../../functions/portal/change-profile.ts';
import { exportStatement } from '../../functions/portal/export-statement.ts';
import { getOrder } from '../../functions/portal/get-order.ts';
import { getOverview } from '../../functions/portal/get-overview.ts';
import { getProgramme } from '../../functions/portal/get-programme.ts';
import { getStatement } from '../../functions/portal/get-statement.ts';
import { listOrders } from '../../functions/portal/list-orders.ts';
import { turnIntoVoucher } from '../../functions/portal/turn-into-voucher.ts';
import type { OrdersPage } from '../../functions/portal/types.ts';
import { orNull } from './or-null.ts';
import type { PortalOperations, Refused } from './types.ts';

/** The portal's rooms on behalf of the customer of a context: what is not theirs becomes null. */
export function portalOperations(ctx: Context): PortalOperations {
  return {
    getProgramme: () => getProgramme(ctx),
    getOverview: (asked) => orNull(getOverview(ctx, asked)),
    listOrders: async (asked) => (await orNull(listOrders(ctx, asked))) ?? noOrders,
    getOrder: (asked) => orNull(getOrder(ctx, asked)),
    getStatement: (asked) => orNull(getStatement(ctx, asked)),
    exportStatement: (asked) => orNull(exportStatement(ctx, asked)),
    turnIntoVoucher: (asked) =>
      orInsufficient(async () => ({ ok: true as const, voucher: await turnIntoVoucher(ctx, asked) })),
    rename: (asked) => rename(ctx, asked),
    setLanguage: (asked) => setLanguage(ctx, asked),
  };
}

const noOrders: OrdersPage = { items: [], total: 0, page: 1, pages: 1, years: [], accounts: [] };

async function orInsufficient<Result>(
  work: () => Promise<Result>,
): Promise<Result | Refused<'insufficient_balance'>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'insufficient_balance') throw error;
    return { ok: false, reason: error.code };
  }
}
