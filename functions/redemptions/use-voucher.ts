import { insertInto } from '../../db/query.ts';
import { voucherUses } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import { changeLedger } from '../accounts/change-ledger.ts';
import type { Root } from '../accounts/root.ts';
import { isMinimumWaived } from '../club/benefits/waived-minimum.ts';
import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { normalCode } from '../platform/ids.ts';
import type { VoucherAnswer } from './answer.ts';
import { loadVoucher, type Voucher, voucherAnswerOf } from './get-voucher.ts';
import { changesCounts, markPaidRoot, recountPaid } from './paid-order.ts';
import { findPaidOrder } from './queries.ts';
import type { UseVoucherInput } from './schema.ts';

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
  const { accountId } = await loadVoucher(ctx, code);
  let isStale = false;
  const [order] = await findPaidOrder(ctx.db.fresh, { ...input.order });
  try {
    const answer = await changeLedger(ctx, accountId, async ({ book, now, business, root }) => {
      isStale = changesCounts(business);
      const voucher = await loadVoucher(ctx, code);
      assertUsable(voucher, input, now);
      if (order !== undefined && !(await isWaived(ctx, voucher, { root, now }))) assertWorth(order, voucher);
      const use = {
        orderSource: input.order.source,
        orderNumber: input.order.number,
        amountMinor: input.amount,
      };
      const used = { ...voucher, ...use, usedAt: now, usedMinor: input.amount };
      const said = voucherAnswerOf(used, now);
      return {
        change: { book, entries: [], lots: [] },
        isStale,
        history: {
          kind: 'voucher_used',
          orderId: null,
          detail: { code, ...input.order, amount: input.amount },
        },
        statements: () => [
          insertUse({ code, accountId, ...use, at: now, actor: actorName(ctx.actor) }),
          ...(isStale ? markPaidRoot(order?.rootId, accountId) : []),
          ...(options.alongside?.(said, 201) ?? []),
        ],
        result: () => said,
      };
    });
    if (isStale) await recountPaid(ctx, [accountId, order?.rootId ?? accountId]);
    return answer;
  } catch (error) {
    if (isConflictOn(error, 'refused: voucher_uses exists')) throw refused.used();
    if (isConflictOn(error, 'refused: voucher_cancelled')) throw refused.cancelled();
    throw error;
  }
}

/** Members of the club may be let off a voucher's minimum. */
async function isWaived(
  ctx: Context,
  { minimumMinor }: Voucher,
  { root, now }: { root: Root; now: number },
): Promise<boolean> {
  return minimumMinor > 0n && (await isMinimumWaived(ctx.db.fresh, root, now));
}

const refused = {
  used: () => new AppError('voucher_used', 'The voucher was used already.'),
  expired: () => new AppError('voucher_expired', 'The voucher is over.'),
  cancelled: () => new AppError('voucher_cancelled', 'The voucher was withdrawn.'),
};

function assertWorth(order: { netMinor: bigint; currency: string }, voucher: Voucher): void {
  if (voucher.minimumMinor === 0n) return;
  if (order.currency === voucher.currency && order.netMinor >= voucher.minimumMinor) return;
  const message = `is worth less than the ${voucher.minimumMinor} minor units of ${voucher.currency} the voucher asks for`;
  throw new AppError('validation_failed', `order ${message}.`, {
    errors: [{ path: 'order', code: 'below_minimum', message }],
  });
}

function assertUsable(voucher: Voucher, input: UseVoucherInput, now: number): void {
  if (voucher.usedAt !== null) throw refused.used();
  if (voucher.cancelledAt !== null && voucher.cancelledFor !== 'lapsed') throw refused.cancelled();
  if (voucher.expiresAt !== null && voucher.expiresAt <= now) throw refused.expired();
  const refuse = (path: string, code: string, message: string) => {
    throw new AppError('validation_failed', `${path} ${message}.`, { errors: [{ path, code, message }] });
  };
  if (input.currency !== voucher.currency)
    refuse('amount.currency', 'other_currency', `has to be ${voucher.currency}`);
  if (input.amount > voucher.amountMinor) {
    refuse('amount.amount', 'too_big', `is more than the voucher's ${voucher.amountMinor} minor units`);
  }
}
