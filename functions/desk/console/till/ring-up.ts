import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findSold } from '../../../money/till/find-sold.ts';
import { type OfferedVoucher, type PaymentPlan, planPayment } from '../../../money/till/plan-payment.ts';
import { previewSale } from '../../../money/till/preview-sale.ts';
import { numberOf, type Sold, type TillSale, totalOf } from '../../../money/till/sale.ts';
import { sellAtTill } from '../../../money/till/sell.ts';
import type { Overview } from '../../portal/overview-types.ts';
import { type Gain, gainOf } from './gain.ts';
import { getTillCustomer } from './get-till-customer.ts';
import { readShown, readSums, shownSums, type TypedSale, tillParts } from './typed-sale.ts';

/** A sale before it is recorded: how it is paid, and what it brings. */
export interface CheckedSale {
  sale: TillSale;
  currency: string;
  totalMinor: bigint;
  payment: PaymentPlan;
  /** Null for nobody's. */
  gain: Gain | null;
  shown: string;
}

export type RungUp = { sold: Sold } | { checked: CheckedSale };

/**
 * What a sale would come to; nothing is written.
 * @throws {AppError} `validation_failed` by the fields' names, as `previewSale`
 */
export async function checkSale(ctx: Context, typed: TypedSale): Promise<CheckedSale> {
  const business = await getBusiness(ctx);
  const { currency } = business;
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  const { lines, credit } = readSums(typed, { parts: tillParts(business), currency });
  const overview = await overviewOf(ctx, typed);
  const availableMinor = overview?.available.minor ?? 0n;
  const totalMinor = totalOf(lines);
  const vouchers = meantVouchers(typed, overview);
  const payment = planPayment({ totalMinor, vouchers, credit, availableMinor });
  if (payment.spare.length > 0) throw wrongField('vouchers', 'not_needed', 'are more than the sale costs');
  if (payment.toPayMinor < 0n) throw wrongField('creditAmount', 'too_big', 'is more than is left to pay');
  if (payment.creditMinor > availableMinor)
    throw wrongField('creditAmount', 'insufficient', 'is more than there is');
  const sale = saleOf(typed, { lines, vouchers: payment.vouchers, creditMinor: payment.creditMinor });
  const preview = await previewSale(ctx, sale);
  return {
    ...{ sale, currency, totalMinor, payment },
    gain: preview === null ? null : gainOf(preview, ctx.now()),
    shown: shownSums(sale),
  };
}

/**
 * Records the sale as its preview showed it; where it would come to something else by now, that is shown first. Sent again
 * it is the same sale, whatever has become of balance and vouchers since.
 * @throws {AppError} as `checkSale` and `sellAtTill`
 */
export async function ringUp(ctx: Context, typed: TypedSale): Promise<RungUp> {
  const before = await soldAlready(ctx, typed);
  if (before !== null) return { sold: before };
  try {
    const checked = await checkSale(ctx, typed);
    if (checked.shown === typed.shown) return { sold: await sellAtTill(ctx, checked.sale) };
    const meanwhile = await soldAlready(ctx, typed);
    return meanwhile === null ? { checked } : { sold: meanwhile };
  } catch (error) {
    const meanwhile = error instanceof AppError ? await soldAlready(ctx, typed) : null;
    if (meanwhile === null) throw error;
    return { sold: meanwhile };
  }
}

/** What was recorded with this form before. @throws {AppError} `order_contradicts` when it was something else */
async function soldAlready(ctx: Context, typed: TypedSale): Promise<Sold | null> {
  if ((await findSold(ctx, numberOf(typed))) === null) return null;
  const sums = readShown(typed.shown);
  if (sums === null) throw new AppError('order_contradicts', 'This form was recorded before.');
  return sellAtTill(ctx, saleOf(typed, sums));
}

function saleOf(
  { key, customerId, email, accountId }: TypedSale,
  sums: Pick<TillSale, 'lines' | 'vouchers' | 'creditMinor'>,
): TillSale {
  const customer = customerId === '' ? null : ({ kind: 'customer', id: customerId } as const);
  const newcomer = email === '' ? null : ({ kind: 'email', email } as const);
  return { key, buyer: customer ?? newcomer, accountId: accountId || null, ...sums };
}

async function overviewOf(ctx: Context, { customerId, accountId }: TypedSale): Promise<Overview | null> {
  if (customerId === '') return null;
  return (await getTillCustomer(ctx, { customerId, accountId: accountId || null })).overview;
}

function meantVouchers({ vouchers: codes }: TypedSale, overview: Overview | null): OfferedVoucher[] {
  const open = overview?.vouchers.filter(({ state }) => state === 'open') ?? [];
  return codes.map((code) => {
    const voucher = open.find((one) => one.code === code);
    if (voucher === undefined) throw wrongField('vouchers', 'gone', 'are not all there any more');
    return { code, amountMinor: voucher.amount.minor, expiresAt: voucher.expiresAt };
  });
}
