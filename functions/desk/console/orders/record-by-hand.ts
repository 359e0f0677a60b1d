import { toStatements } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import { startOfDay } from '../../../ground/platform/business-time.ts';
import { DAY_MS, HOUR_MS, isDay } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../../ground/platform/errors.ts';
import { currencyExponent, parseDecimal } from '../../../ground/platform/money.ts';
import { parseInput, refuseFields, wrongField } from '../../../ground/platform/parse-input.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import { BY_HAND } from '../../../money/orders/by-hand.ts';
import type { Buyer } from '../../../money/orders/order.ts';
import { previewOrder } from '../../../money/orders/preview-order.ts';
import { draftOf, recordDraft } from '../../../money/orders/record-order.ts';
import { recordOrderInput } from '../../../money/orders/schema.ts';
import { type Gain, gainOf } from '../till/gain.ts';
import { findMeant, type MeantBuyer } from './find-meant.ts';

/** A line as people type it; the price is of the whole line, before its discount. */
export interface TypedLine {
  product: string;
  /** Left out where the form has no field for it. */
  sku?: string;
  category: string;
  quantity: string;
  price: string;
  discount: string;
  isGiftCard: boolean;
}

/** An order as staff type it; empty is nothing. */
export interface TypedOrder {
  /** Made with the form, with `openedAt`: sent twice, it is one order. */
  key: string;
  openedAt: number;
  /** Empty for one of our own. */
  number: string;
  /** A day before today, when it was not now. */
  placedOn: string;
  status: string;
  promisedBy: string;
  /** An email, a member number or a name; empty for nobody. */
  customer: string;
  /** Who was chosen among those that it may mean; empty for none. */
  customerId: string;
  /** Whether it was said that the address is of somebody new. */
  isNewCustomer: boolean;
  account: string;
  /** Of the account; empty, or left out where the form has no field for it, for none. */
  department?: string;
  lines: readonly TypedLine[];
  shipping: string;
}

/** What an order that is not recorded yet would come to. */
export interface CountedUpOrder {
  currency: string;
  goodsMinor: bigint;
  discountMinor: bigint;
  shippingMinor: bigint;
  meant: MeantBuyer;
  /** Null while it is not said whose it is. */
  gain: Gain | null;
}

/**
 * Records an order that staff type, as any other of the source `console`. Without a customer it waits with a receipt code.
 * @throws {AppError} `validation_failed` by the fields' names (`customer`: `new_customer` until it is said that the address
 *   is of somebody new, `several_customers`, `unknown_customer`), `order_contradicts` where the number is another order's
 */
export async function recordByHand(
  ctx: Context,
  typed: TypedOrder,
): Promise<{ source: string; number: string; hasCustomer: boolean }> {
  const { input, meant } = await readByHand(ctx, typed);
  const buyer = buyerOf(meant, typed);
  if (buyer === null) throw wrongField('customer', refusals[meant.kind], 'is not one customer');
  const { order } = await recordDraft(
    ctx,
    { ...draftOf(input), buyer },
    {
      alongside: ({ id, source, number }, status) =>
        status === 201
          ? toStatements(ctx, {
              audit: {
                kind: 'order.recorded',
                subjectKind: 'order',
                subjectId: id,
                detail: { source, number },
              },
            })
          : [],
    },
  );
  return { source: order.source, number: order.number, hasCustomer: order.customerId !== null };
}

const refusals = {
  ...{ nobody: 'required', customer: 'required', new: 'new_customer' },
  ...{ several: 'several_customers', unknown: 'unknown_customer' },
} as const;

/**
 * What an order that staff type would come to and bring; nothing is written.
 * @throws {AppError} as {@link recordByHand}, but for the customer, who may be open yet
 */
export async function checkByHand(ctx: Context, typed: TypedOrder): Promise<CountedUpOrder> {
  const { input, meant } = await readByHand(ctx, typed);
  const buyer = buyerOf(meant, { isNewCustomer: true });
  const isOpen = buyer === null || buyer.kind === 'nobody';
  const gain = isOpen ? null : gainOf(await previewOrder(ctx, { ...draftOf(input), buyer }), ctx.now());
  const sum = (of: 'total' | 'discount') => input.lines.reduce((all, line) => all + line[of], 0n);
  return {
    ...{ currency: input.currency, goodsMinor: sum('total'), discountMinor: sum('discount') },
    ...{ shippingMinor: input.shipping ?? 0n, meant, gain },
  };
}

async function readByHand(ctx: Context, typed: TypedOrder) {
  allow(ctx.actor, 'orders:write');
  const business = await getBusiness(ctx);
  const { currency } = business;
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  const opened = { openedAt: whenOpened(typed, ctx.now()) };
  const read = readTyped({ ...typed, ...opened }, { ...business, currency });
  const meant = await findMeant(ctx, { text: typed.customer, chosenId: typed.customerId });
  return { input: parseInput(recordOrderInput, read), meant };
}

/** Null while it has to be said whose the order is. */
function buyerOf(meant: MeantBuyer, { isNewCustomer }: Pick<TypedOrder, 'isNewCustomer'>): Buyer | null {
  if (meant.kind === 'nobody') return { kind: 'nobody' };
  if (meant.kind === 'customer') return { kind: 'customer', id: meant.person.id, isBuying: true };
  return meant.kind === 'new' && isNewCustomer ? { kind: 'email', email: meant.email, key: null } : null;
}

/** A form that stays open longer than that is of another day. */
const OPEN_MS_MAX = 7 * DAY_MS;

/** What a form says of itself, unless it is no moment of the last days. */
function whenOpened({ openedAt }: TypedOrder, now: number): number {
  const isRecent = Number.isInteger(openedAt) && openedAt <= now && openedAt > now - OPEN_MS_MAX;
  return isRecent ? openedAt : now;
}

function readTyped(typed: TypedOrder, { timeZone, currency }: Business & { currency: string }) {
  const errors: FieldError[] = [];
  const refuse = (path: string, code: string) => errors.push({ path, code, message: 'is not valid' });
  const money = (path: string, text: string) => {
    const parsed = parseDecimal(text.trim().replace(',', '.'), currencyExponent(currency) ?? 2);
    if (parsed.ok) return { amount: Number(parsed.minor), currency };
    refuse(path, 'invalid_amount');
    return { amount: 0, currency };
  };
  const day = (path: string, text: string) => {
    if (text === '' || isDay(text)) return text || null;
    refuse(path, 'invalid_date');
    return null;
  };
  const placedOn = day('placedOn', typed.placedOn);
  const placedAt = placedOn === null ? typed.openedAt : startOfDay(placedOn, timeZone) + 12 * HOUR_MS;
  if (placedAt > typed.openedAt + DAY_MS) refuse('placedOn', 'invalid_date');
  const lines = typed.lines.flatMap((line, index) => {
    const isEmpty = line.product === '' && line.price === '';
    if (isEmpty) return [];
    const quantity = Number((line.quantity || '1').replace(',', '.'));
    if (!(quantity > 0)) refuse(`quantity-${index}`, 'invalid_quantity');
    return [
      {
        id: `${index + 1}`,
        product: line.product || null,
        sku: line.sku || null,
        category: line.category || null,
        quantity: quantity > 0 ? quantity : 1,
        total: money(`price-${index}`, line.price),
        ...(line.discount === '' ? {} : { discount: money(`discount-${index}`, line.discount) }),
        giftCard: line.isGiftCard,
      },
    ];
  });
  if (lines.length === 0) refuse('price-0', 'required');
  const order = {
    source: BY_HAND,
    number: typed.number || `H-${typed.key.slice(-12).toUpperCase()}`,
    placedAt: instantText(placedAt),
    currency,
    status: typed.status,
    account: typed.account || null,
    department: typed.department || null,
    lines,
    ...(typed.shipping === '' ? {} : { shipping: money('shipping', typed.shipping) }),
    promisedBy: day('promisedBy', typed.promisedBy),
  };
  refuseFields(errors);
  return order;
}
