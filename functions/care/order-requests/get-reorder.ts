import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays, dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { intervalOf } from '../../insight/facts/interval.ts';
import {
  type AccountChoice,
  choiceOf,
  choosePlace,
  listOrderPlaces,
} from '../../money/accounts/own-places.ts';
import { isInPlace } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { productKey } from '../../money/catalogue/product-key.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { completeOrders } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { basketAddressOf, wholeBasketAddress } from './basket-address.ts';
import { mayUseForm } from './may-use-form.ts';
import { loadOffer, type Minimum, minimumFor, type Offered } from './offer.ts';
import { basketUrl } from './policies.ts';

/** Of fewer purchases nothing is usual. */
const USUAL_FROM = 3;
/** What was due this long ago, in its own intervals, is no habit any more. */
const LONG_OVER = 3;

/** A product to ask for, with what is known of it. */
export interface ReorderItem {
  key: string;
  name: string;
  category: string | null;
  /** What stands in the form, in thousandths; 0 where nothing does. */
  quantityMilli: number;
  /** Of one piece now. */
  unit: Amount | null;
  /** What one piece cost when it was bought last; null where it never was, or in another currency. */
  before: Amount | null;
  /** What became of the price that was paid last, where the business lists one. */
  change: 'dearer' | 'cheaper' | null;
  isGone: boolean;
  /** The business day on which it was bought last. */
  lastOn: string | null;
  /** How many days usually lie between two purchases; null where nothing is usual yet. */
  everyDays: number | null;
  /** When it would be bought again; null where nothing is usual, or it is no habit any more. */
  dueOn: string | null;
  isDue: boolean;
  /** Where the shop puts it into its basket. */
  address: string | null;
}

export interface Reorder {
  account: AccountChoice;
  accounts: AccountChoice[];
  /** The order that is to be had again. */
  order: { source: string; number: string } | null;
  items: ReorderItem[];
  /** Items of the order that nobody can ask for by themselves: gift cards, and lines that name no product. */
  leftOut: number;
  /** Where the shop puts all of it into its basket at once. */
  address: string | null;
  /** Whether the shop takes any of it. */
  hasBasket: boolean;
  minimum: (Omit<Minimum, 'minor'> & { amount: Amount }) | null;
  /** Whether the account has the order form. */
  mayUseForm: boolean;
}

/**
 * What the signed-in customer may ask for: an order of theirs again, what an account bought before, or, with `isForm`, all that
 * the business lists as well.
 * @throws {AppError} `not_found` for an account or order that is not theirs, `forbidden` for the form of an account without one
 */
export async function getReorder(
  ctx: Context,
  asked: {
    accountId: string | null;
    order: { source: string; number: string } | null;
    isForm: boolean;
  },
): Promise<Reorder> {
  const [business, places] = await Promise.all([getBusiness(ctx), listOrderPlaces(ctx)]);
  const order = asked.order === null ? null : await findOwnOrder(ctx, asked.order, places);
  const place =
    order === null
      ? await choosePlace(ctx, places, asked.accountId)
      : (places.find((one) => isInPlace(one, order)) ?? (await choosePlace(ctx, places, null)));
  const hasForm = place.onlyOrdersOf === null && (await mayUseForm(ctx, place.rootId));
  if (asked.isForm && !hasForm) throw new AppError('forbidden', 'This account has no order form.');
  const { currency, timeZone } = business;
  const [offer, minimum] = await Promise.all([
    loadOffer(ctx, place, { currency, hasCatalogue: asked.isForm, orderId: order?.id ?? null }),
    minimumFor(ctx, business, place.rootId),
  ]);
  const pattern = policyOf(business, basketUrl);
  const view = { today: dayOf(ctx.now(), timeZone), timeZone, currency: currency ?? '', pattern };
  const again = order === null ? null : quantitiesOf(order);
  const meant = again === null ? offer : inOrder(offer, [...again.byKey.keys()]);
  const items = meant.map((one) => toItem(one, again?.byKey.get(one.key) ?? 0, view));
  const basket = meant.map((one) => ({ sku: one.sku, quantityMilli: again?.byKey.get(one.key) ?? 0 }));
  const isAll = again !== null && meant.every(({ isGone }) => !isGone);
  return {
    account: choiceOf(place),
    accounts: places.map(choiceOf),
    order: asked.order,
    items: again === null && !asked.isForm ? dueFirst(items) : items,
    leftOut: again === null ? 0 : again.leftOut + again.byKey.size - meant.length,
    address: isAll ? wholeBasketAddress(pattern, basket) : null,
    hasBasket: items.some(({ address }) => address !== null),
    minimum:
      minimum === null
        ? null
        : { amount: { minor: minimum.minor, currency: currency ?? '' }, waived: minimum.waived },
    mayUseForm: hasForm,
  };
}

/** @throws {AppError} `not_found`, also for an order of an account that is not theirs */
async function findOwnOrder(
  { db }: Context,
  { source, number }: { source: string; number: string },
  places: readonly Parameters<typeof isInPlace>[0][],
): Promise<Order> {
  const rows = await listOrdersByKey(db, { keys: JSON.stringify([[source, number]]) });
  const [order] = await completeOrders(
    db,
    rows.filter((row) => places.some((place) => isInPlace(place, row))),
  );
  if (order === undefined) throw new AppError('not_found', 'There is no such order.');
  return order;
}

/** How much of each product an order had. */
function quantitiesOf({ lines }: Order): { byKey: Map<string, number>; leftOut: number } {
  const byKey = new Map<string, number>();
  let leftOut = 0;
  for (const { sku, product, quantityMilli, isGiftCard } of lines) {
    const key = isGiftCard ? null : productKey({ sku, name: product });
    if (key === null) leftOut += 1;
    else byKey.set(key, (byKey.get(key) ?? 0) + quantityMilli);
  }
  return { byKey, leftOut };
}

/** What of an offer stands in an order, as it stands there. */
function inOrder(offer: readonly Offered[], keys: readonly string[]): Offered[] {
  const byKey = new Map(offer.map((one) => [one.key, one]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

interface View {
  today: string;
  timeZone: string;
  currency: string;
  pattern: string;
}

function toItem(offered: Offered, quantityMilli: number, view: View): ReorderItem {
  const { key, sku, name, category, unitMinor, isListed, isGone, bought } = offered;
  const { currency, pattern } = view;
  const amount = (minor: bigint): Amount => ({ minor, currency });
  const beforeMinor = bought !== null && bought.currency === currency ? bought.unitMinor : null;
  const isOther = isListed && unitMinor !== null && beforeMinor !== null && unitMinor !== beforeMinor;
  const forBasket = { sku, quantityMilli: quantityMilli || (bought?.quantityMilli ?? 1000) };
  return {
    ...{ key, name, category, isGone },
    quantityMilli: isGone ? 0 : quantityMilli,
    unit: unitMinor === null ? null : amount(unitMinor),
    before: beforeMinor === null ? null : amount(beforeMinor),
    change: isOther ? (unitMinor > beforeMinor ? 'dearer' : 'cheaper') : null,
    ...habitOf(bought?.moments ?? [], view),
    address: isGone ? null : basketAddressOf(pattern, forBasket),
  };
}

/** How often something is bought, by the days on which it was. */
function habitOf(
  moments: readonly number[],
  { today, timeZone }: Pick<View, 'today' | 'timeZone'>,
): Pick<ReorderItem, 'lastOn' | 'everyDays' | 'dueOn' | 'isDue'> {
  const days = [...new Set(moments.map((at) => dayOf(at, timeZone)))].sort();
  const lastOn = days.at(-1) ?? null;
  const interval = days.length < USUAL_FROM ? null : intervalOf(days);
  if (lastOn === null || interval === null) return { lastOn, everyDays: null, dueOn: null, isDue: false };
  const everyDays = Math.max(1, Math.round(interval.halfDays / 2));
  const isOver = dayNumber(today) - dayNumber(lastOn) > LONG_OVER * everyDays;
  const dueOn = isOver ? null : addDays(lastOn, everyDays);
  return { lastOn, everyDays, dueOn, isDue: dueOn !== null && dueOn <= today };
}

/** What is due comes first, what has waited longest before the rest. */
function dueFirst(items: readonly ReorderItem[]): ReorderItem[] {
  const due = items.filter(({ isDue }) => isDue);
  const later = items.filter(({ isDue }) => !isDue);
  return [...due.toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? '')), ...later];
}
