import { toStatements } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../business/business.ts';
import { recordDraft } from '../orders/record-order.ts';
import { findSold } from './find-sold.ts';
import { numberOf, type Sold, type TillSale } from './sale.ts';
import { draftSale } from './sale-draft.ts';

/**
 * Records a sale at the till with the vouchers and the credit that pay a part of it, in one atomic write: all of it or
 * nothing. The same key sent again, by a double press or after a lost answer, is the same sale and takes nothing twice.
 * Without a customer it waits under a receipt code.
 * @throws {AppError} as `recordOrder` and `payOrder`; `order_contradicts` where another sale was recorded under the key,
 *   `currency_not_set`, `validation_failed`
 */
export async function sellAtTill(ctx: Context, sale: TillSale): Promise<Sold> {
  allow(ctx.actor, 'orders:write');
  if (!/^[0-9a-f]{32}$/.test(sale.key)) throw wrongField('key', 'invalid_value', 'is no key of a form');
  const number = numberOf(sale);
  const kept = await findSold(ctx, number);
  if (kept !== null) return sameSale(kept, sale);
  const { currency } = await getBusiness(ctx);
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  const { draft, payment } = await draftSale(ctx, sale, currency);
  if (payment !== null && sale.buyer === null)
    throw wrongField('customer', 'required', 'is needed, whose credit or vouchers are taken');
  try {
    await recordDraft(ctx, draft, { payment, alongside: (order, status) => audited(ctx, order, status) });
  } catch (error) {
    const meanwhile = error instanceof AppError ? await findSold(ctx, number) : null;
    if (meanwhile === null) throw error;
    return sameSale(meanwhile, sale);
  }
  const sold = await findSold(ctx, number);
  assert(sold !== null, 'what was recorded is there');
  return sameSale(sold, sale);
}

function audited(ctx: Context, order: Sold['order'], status: number) {
  if (status !== 201) return [];
  const { id, source, number } = order;
  const kind = 'order.recorded';
  return toStatements(ctx, {
    audit: { kind, subjectKind: 'order', subjectId: id, detail: { source, number } },
  });
}

/** @throws {AppError} `order_contradicts` when something else was sold under the same key */
function sameSale(kept: Sold, sale: TillSale): Sold {
  if (isSame(kept, sale)) return kept;
  throw new AppError('order_contradicts', `Something else was recorded as ${kept.order.number} before.`);
}

function isSame({ order, vouchers, creditMinor }: Sold, sale: TillSale): boolean {
  const keptLines = order.lines.map((line) => [line.category, line.giftCard, String(line.total.amount)]);
  const lines = sale.lines.map((line) => [line.category, line.isGiftCard, String(line.totalMinor)]);
  const used = (parts: Sold['vouchers']) =>
    parts.map(({ code, amountMinor }) => `${code}=${amountMinor}`).toSorted();
  return (
    isBuyer(order, sale) &&
    creditMinor === sale.creditMinor &&
    JSON.stringify(keptLines) === JSON.stringify(lines) &&
    JSON.stringify(used(vouchers)) === JSON.stringify(used(sale.vouchers))
  );
}

/** What was sold to nobody may have been claimed since, and an address may be one that somebody had before. */
function isBuyer({ customerId }: Sold['order'], { buyer }: TillSale): boolean {
  if (buyer === null) return true;
  return buyer.kind === 'customer' ? customerId === buyer.id : customerId !== null;
}
