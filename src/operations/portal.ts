import type { Context } from '../../functions/platform/context.ts';
import type { AppError } from '../../functions/platform/errors.ts';
import { rename, setLanguage } from '../../functions/portal/change-profile.ts';
import { exportStatement } from '../../functions/portal/export-statement.ts';
import { getOrder } from '../../functions/portal/get-order.ts';
import { getOverview } from '../../functions/portal/get-overview.ts';
import { getOwnVoucher } from '../../functions/portal/get-own-voucher.ts';
import { getProgramme } from '../../functions/portal/get-programme.ts';
import { getStatement } from '../../functions/portal/get-statement.ts';
import { listOrders } from '../../functions/portal/list-orders.ts';
import { previewVoucher } from '../../functions/portal/preview-voucher.ts';
import { turnIntoVoucher } from '../../functions/portal/turn-into-voucher.ts';
import type { OrdersPage } from '../../functions/portal/types.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';
import type { PortalOperations } from './types.ts';

/** The portal's rooms on behalf of the customer of a context: what is not theirs becomes null. */
export function portalOperations(ctx: Context): PortalOperations {
  return {
    getProgramme: () => getProgramme(ctx),
    getOverview: (asked) => orNull(getOverview(ctx, asked)),
    listOrders: async (asked) => (await orNull(listOrders(ctx, asked))) ?? noOrders,
    getOrder: (asked) => orNull(getOrder(ctx, asked)),
    getStatement: (asked) => orNull(getStatement(ctx, asked)),
    exportStatement: (asked) => orNull(exportStatement(ctx, asked)),
    previewVoucher: (asked) => orNull(previewVoucher(ctx, asked)),
    getVoucher: (asked) => orNull(getOwnVoucher(ctx, asked)),
    turnIntoVoucher: (asked) =>
      orRefusal(
        ['insufficient_balance', 'form_used', 'may_not'],
        async () => ({ ok: true as const, voucher: await turnIntoVoucher(ctx, asked) }),
        voucherRefusal,
      ),
    rename: (asked) =>
      orRefusal(
        ['invalid_name'],
        async () => {
          await rename(ctx, asked);
          return { ok: true as const };
        },
        ({ errors }) => (errors[0]?.path === 'name' ? 'invalid_name' : null),
      ),
    setLanguage: (asked) => setLanguage(ctx, asked),
  };
}

const noOrders: OrdersPage = { items: [], total: 0, page: 1, pages: 1, years: [], accounts: [] };

/** A form that lacks its key, or was sent with another amount before, is opened anew. */
function voucherRefusal({ code }: AppError): string {
  if (code === 'idempotency_key_invalid' || code === 'idempotency_key_reused') return 'form_used';
  return code === 'forbidden' ? 'may_not' : code;
}
