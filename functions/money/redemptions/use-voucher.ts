import { insertInto } from '../../../db/query.ts';
import { voucherUses } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { changeLedger } from '../ledger/change-ledger.ts';
import type { VoucherAnswer } from './answer.ts';
import { loadVoucher, toVoucherAnswer, type Voucher } from './get-voucher.ts';
import { changesCounts, markPaidRoot, recountPaid } from './paid-order.ts';
import { findPaidOrder } from './queries.ts';
import type { UseVoucherInput } from './schema.ts';
import { isMinimumWaived } from './waivers.ts';

const insertUse = insertInto(voucherUses);

/**
 * Uses a voucher, once, for an order that may be recorded before or after. `amount` is what it paid, at most its worth;
 * what is left of a single-use voucher is gone.
 * @throws {AppError} `not_found`, `voucher_used`, `voucher_expired`, `voucher_cancelled`, `validation_failed`
 */
export async function useVoucher(
  ctx: Context,
  input: UseVoucherInput & { code: string },
  options: Alongside<VoucherAnswer> = {},
): Promise<VoucherAnswer> {
  allow(ctx.actor, 'redemptions:write');
  const code = normalCode(input.code);
  const { accountId, rootId } = await loadVoucher(ctx, code);
  let isStale = false;
  const [order] = await findPaidOrder(ctx.db.fresh, { ...input.order });
  try {
    const answer = await changeLedger(ctx, rootId, async ({ book, now, business, root }) => {
      isStale = changesCounts(business);
      const voucher = await loadVoucher(ctx, code);
      assertUsable(voucher, input, now);
      const hasMinimum = order !== undefined && voucher.minimumMinor > 0n;
      if (hasMinimum && !(await isMinimumWaived(ctx, root))) assertWorth(order, voucher);
      const use = {
        orderSource: input.order.source,
        orderNumber: input.order.number,
        amountMinor: input.amount,
      };
      const used = { ...voucher, ...use, usedAt: now, usedMinor: input.amount };
      const result = toVoucherAnswer(used, now);
      return {
        change: { book, entries: [], lots: [] },
        isStale,
        history: {
          kind: 'voucher_used',
          orderId: null,
          detail: { code, ...input.order, amount: input.amount },
        },
        after: () => ({
          rows: [
            insertUse({ code, accountId, ...use, at: now, actor: actorName(ctx.actor) }),
            ...(isStale ? markPaidRoot(order?.rootId, rootId) : []),
          ],
          beside: options.alongside?.(result, 201) ?? [],
          result,
        }),
      };
    });
    if (isStale) await recountPaid(ctx, [rootId, order?.rootId ?? rootId]);
    return answer;
  } catch (error) {
    if (isConflictOn(error, 'refused: voucher_uses exists')) throw refused.used();
    if (isConflictOn(error, 'refused: voucher_cancelled')) throw refused.cancelled();
    throw error;
  }
}

const refused = {
  used: () => new AppError('voucher_used', 'The voucher was used already.'),
  expired: () => new AppError('voucher_expired', 'The voucher is over.'),
  cancelled: () => new AppError('voucher_cancelled', 'The voucher was withdrawn.'),
};

/** @throws {AppError} `validation_failed` for an order below what the voucher asks for */
export function assertWorth(order: { netMinor: bigint; currency: string }, voucher: Voucher): void {
  if (order.currency === voucher.currency && order.netMinor >= voucher.minimumMinor) return;
  throw wrongField(
    'order',
    'below_minimum',
    `is worth less than the ${voucher.minimumMinor} minor units of ${voucher.currency} the voucher asks for`,
  );
}

/** @throws {AppError} `voucher_used`, `voucher_expired`, `voucher_cancelled`, `validation_failed` */
export function assertUsable(
  voucher: Voucher,
  input: Pick<UseVoucherInput, 'amount' | 'currency'>,
  now: number,
): void {
  if (voucher.usedAt !== null) throw refused.used();
  if (voucher.cancelledAt !== null && voucher.cancelledFor !== 'lapsed') throw refused.cancelled();
  if (voucher.expiresAt !== null && voucher.expiresAt <= now) throw refused.expired();
  if (input.currency !== voucher.currency)
    throw wrongField('amount.currency', 'other_currency', `has to be ${voucher.currency}`);
  if (input.amount > voucher.amountMinor) {
    throw wrongField(
      'amount.amount',
      'too_big',
      `is more than the voucher's ${voucher.amountMinor} minor units`,
    );
  }
}
