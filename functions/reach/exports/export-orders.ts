import type { CsvNumber, Days, SheetRow, Table } from '../../ground/formats/table.ts';
import { allow } from '../../ground/platform/allow.ts';
import { compare } from '../../ground/platform/compare.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal, shortDecimal } from '../../ground/platform/money.ts';
import { allowNamedFile } from '../../ground/platform/personal.ts';
import { getBusiness } from '../../money/business/business.ts';
import { latestOf } from '../../money/orders/order-state.ts';
import { type EventStatus, eventStatuses } from '../../money/orders/statuses.ts';
import { listSalePage } from '../../money/orders/waiting/find-sales.ts';
import { csvNumber } from './csv.ts';
import { type DaySpan, momentText, spanOf } from './days.ts';
import { findGiftCard, findTaxIncluded, listOrderPage } from './order-queries.ts';
import { firstByKey, type LineRow, orderOfSale, type SaleEventRow, type SaleOrderRow } from './sale-rows.ts';

export const orderColumns = [
  'source',
  'order_number',
  'placed_at',
  'customer_email',
  'customer_name',
  'account',
  'department',
  'currency',
  'sku',
  'product',
  'category',
  'quantity',
  'line_total',
  'line_discount',
  'refunded_total',
  'shipping',
  'tax',
  'status',
  'delivered_at',
  'promised_by',
  'carrier',
  'tracking_number',
  'customer_key',
] as const;

/** Written at the end, each only where some order has it. */
const moreColumns = ['tax_included', 'gift_card'] as const;
type MoreColumn = (typeof moreColumns)[number];

const ORDERS_PER_PAGE = 1000;

/**
 * All orders in our own orders CSV (DOMAIN §4), one row per line, by source and number: what it says can be imported
 * again, and exported from there it is the same file. `since` and `until` are business days of `placed_at`. Where tax is
 * known to be inside the prices of an order, a column `tax_included` at the end says how much; where a row is a gift card, a
 * column `gift_card` says `yes`.
 *
 * The columns hold less than an order does. Lost are: events before the latest, with their notes and parcels (of the
 * carriers and tracking numbers, the latest is kept); the days and reasons of refunds, of which the sums per row are
 * kept; line ids; what vouchers paid. A delivered order says `delivered`, also once a return
 * was asked for or money given back, since that is what its rewards rest on; `cancelled` and `on_hold` say so.
 */
export async function exportOrders(ctx: Context, days: Days): Promise<Table> {
  allow(ctx.actor, 'orders:read');
  allowNamedFile(ctx.actor);
  const { timeZone } = await getBusiness(ctx);
  const span = spanOf(days, timeZone);
  const [taxed, giftCard] = await Promise.all([
    findTaxIncluded(ctx.db, { ...span }),
    findGiftCard(ctx.db, { ...span }),
  ]);
  const shown = moreColumns.filter((name) => (name === 'tax_included' ? taxed : giftCard) !== null);
  return { columns: [...orderColumns, ...shown], pages: listPages(ctx, span, shown) };
}

/** Orders and sales of nobody, merged by their business keys. */
async function* listPages(
  ctx: Context,
  span: DaySpan,
  shown: readonly MoreColumn[],
): AsyncGenerator<SheetRow[]> {
  let last = { source: '', number: '' };
  for (;;) {
    const place = { source: last.source, number: last.number, ...span, limit: ORDERS_PER_PAGE };
    const [orders, sales] = await Promise.all([listOrderPage(ctx.db, place), listSalePage(ctx.db, place)]);
    const page = firstByKey(orders, sales, ORDERS_PER_PAGE);
    yield page.flatMap((one) => {
      const order = 'receiptCode' in one ? orderOfSale(one) : one;
      return rowsOf(order, shown);
    });
    const end = page.at(-1);
    if (end === undefined || page.length < ORDERS_PER_PAGE) return;
    last = end;
  }
}

/** Rows in the order in which the importer numbers lines; what the order costs as a whole stands on its first. */
function rowsOf(order: SaleOrderRow, shown: readonly MoreColumn[]): SheetRow[] {
  const { lines } = order;
  const events = order.events.length < 2 ? order.events : order.events.toSorted(byName);
  const exponent = currencyExponent(order.currency) ?? 2;
  const money = (minor: bigint) => csvNumber(formatDecimal(minor, exponent));
  const optional = (minor: bigint | null) => (minor === null ? null : money(minor));
  const status = statusOf(order, events);
  const parcel = latestOf(
    reportedOf(events.filter((one) => one.carrier !== null || one.trackingNumber !== null)),
  );
  const account = order.accountKind === 'personal' ? null : order.rootName;
  const department = order.accountKind === 'department' ? order.accountName : null;
  const placed = momentText(order.placedAt, order.placedOn);
  const delivered =
    status === 'delivered' && order.deliveredAt !== null
      ? momentText(order.deliveredAt, order.deliveredOn)
      : null;
  const sorted = lines.length === 1 ? lines : lines.toSorted(byContent);
  return sorted.map((line, index) => [
    order.source,
    order.number,
    placed,
    order.email,
    order.customerName,
    account,
    department,
    order.currency,
    line.sku,
    line.product,
    line.category,
    quantityCell(line.quantityMilli),
    money(line.totalMinor),
    money(line.discountMinor),
    money(line.refundedMinor),
    index === 0 ? optional(order.shippingMinor) : null,
    index === 0 ? optional(order.taxMinor) : null,
    status,
    delivered,
    order.promisedBy,
    parcel?.event.carrier ?? null,
    parcel?.event.trackingNumber ?? null,
    order.key,
    ...shown.map((name) => (name === 'tax_included' ? taxCell(order, index) : giftCardCell(line))),
  ]);
}

/** What belongs to the order stands on its first row. */
function taxCell({ taxIncludedMinor, currency }: SaleOrderRow, index: number): CsvNumber | null {
  if (index > 0 || taxIncludedMinor === null) return null;
  return csvNumber(formatDecimal(taxIncludedMinor, currencyExponent(currency) ?? 2));
}

const giftCardCell = ({ isGiftCard }: LineRow) => (isGiftCard ? 'yes' : null);

function statusOf(order: SaleOrderRow, events: readonly SaleEventRow[]): EventStatus {
  if (order.isCancelled) return 'cancelled';
  if (order.isHeld) return 'on_hold';
  if (order.deliveredAt !== null) return 'delivered';
  return latestOf(reportedOf(events))?.status ?? 'placed';
}

function reportedOf(events: readonly SaleEventRow[]) {
  return events.flatMap((event) => {
    const status = eventStatuses.find((known) => known === event.status);
    return status === undefined ? [] : [{ status, at: { at: event.at, day: event.atOn }, event }];
  });
}

function quantityCell(milli: number): CsvNumber {
  return csvNumber(shortDecimal(BigInt(milli), 3));
}

function byContent(a: LineRow, b: LineRow): number {
  return (
    compare(a.sku ?? '', b.sku ?? '') ||
    compare(a.product ?? '', b.product ?? '') ||
    compare(a.category ?? '', b.category ?? '') ||
    compare(a.totalMinor, b.totalMinor) ||
    compare(a.discountMinor, b.discountMinor) ||
    compare(a.quantityMilli, b.quantityMilli) ||
    compare(Number(a.isGiftCard), Number(b.isGiftCard)) ||
    compare(a.refundedMinor, b.refundedMinor)
  );
}

/** Of events of one time the first by name is told. */
function byName(a: SaleEventRow, b: SaleEventRow): number {
  return compare(a.source, b.source) || compare(a.eventId, b.eventId);
}
