import { claimSale } from '../../functions/orders/waiting/claim-sale.ts';
import { giveOrder } from '../../functions/orders/waiting/give-order.ts';
import { listSales } from '../../functions/orders/waiting/list-sales.ts';
import type { Context } from '../../functions/platform/context.ts';
import { normalEmail } from '../../functions/platform/email.ts';
import { orRefusal } from './or-refusal.ts';

/** Sales that came without a customer, on behalf of who has the receipt or of staff. */
export function saleOperations(ctx: Context) {
  return {
    claim: (asked: { code: string }) =>
      orRefusal(['not_found', 'too_many_requests', 'validation_failed'], async () => {
        await claimSale(ctx, asked);
        return { ok: true as const };
      }),
    /** For staff. */
    list: (asked: { cursor: string | null }) => listSales(ctx, asked),
    /** For staff. */
    give: (asked: { source: string; number: string; email: string }) =>
      orRefusal(
        ['not_found', 'order_of_another_account', 'order_contradicts', 'validation_failed'],
        async () => {
          const email = normalEmail(asked.email);
          if (email === null) return { ok: false as const, reason: 'validation_failed' as const, errors: [] };
          const buyer = { kind: 'email', email, key: null } as const;
          await giveOrder(ctx, { source: asked.source, number: asked.number, buyer, customerName: null });
          return { ok: true as const };
        },
      ),
  };
}
