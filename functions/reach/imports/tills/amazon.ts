import { add, subtract } from '../decimals.ts';
import { localisedAmount } from '../localised-amount.ts';
import { unlessZero, withoutSign } from '../printed-amount.ts';
import { skippedWords } from '../reason-words.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';

const columns = {
  sku: ['sku'],
  product: ['product-name', 'item-name'],
  quantity: ['quantity', 'quantity-purchased'],
  currency: ['currency'],
  line_total: ['item-price'],
  line_discount: ['item-promotion-discount'],
} as const;

const amounts = {
  itemTax: ['item-tax'],
  shippingPrice: ['shipping-price'],
  shippingTax: ['shipping-tax'],
  giftWrapPrice: ['gift-wrap-price'],
  giftWrapTax: ['gift-wrap-tax'],
  shipDiscount: ['ship-promotion-discount'],
  channel: ['sales-channel'],
} as const;

/**
 * Amazon, Seller Central > Reports > Fulfilment > All Orders: tab separated, one row per item, without the customer.
 * Source: "All Orders reports" (200547170) in the help of Seller Central, with every field.
 *
 * - Amounts are of all pieces of the row. Shipping and gift wrap stand on the rows and add up.
 * - Tax is inside the prices ("VAT-inclusive price", developer-docs.amazon.com, VAT Calculation Service) but on the
 *   marketplaces of the United States and Canada, where it comes on top.
 * - A shipped order counts as delivered when the report last heard of it. Goods that came back to the seller are refunded.
 * - A pending order has no price yet. A cancelled item has none any more: where an earlier report told its price, it is
 *   given back. `Non-Amazon` orders were sold by another shop.
 */
const allOrders: TillFormat = {
  name: 'amazon',
  title: 'Amazon all orders report',
  signature: ['amazon-order-id', 'purchase-date', 'order-status', 'sku', 'item-status', 'item-price'],
  open: (header) => ({
    several: { delivered_at: 'last', status: 'first' },
    ...openTable(header, {
      format: { name: 'amazon', title: 'Amazon all orders report' },
      columns: {
        ...columns,
        order_number: ['amazon-order-id'],
        placed_at: ['purchase-date'],
        delivered_at: ['last-updated-date'],
      },
      extras: { ...amounts, status: ['order-status'], itemStatus: ['item-status'] },
      isOrderOnFirstRow: true,
      finish(row, extra) {
        row.source = 'amazon';
        row.placed_at = joined(row.placed_at);
        row.delivered_at = joined(row.delivered_at);
        row.status = statusOf(extra('status'));
        const hasNoPrice = unlessZero(localisedAmount(row.line_total.trim())) === '';
        if (/^non-amazon/i.test(extra('channel').trim())) row.left_out = skippedWords.other_shop;
        else if (row.status === 'cancelled') row.is_news = hasNoPrice;
        else if (/cancel/i.test(extra('itemStatus'))) cancelItem(row, skippedWords.cancelled_item);
        else if (row.status === 'placed' && hasNoPrice) row.left_out = skippedWords.no_price;
        else if (/^0+$/.test(row.quantity.trim())) cancelItem(row, skippedWords.nothing_sold);
        settleRow(row, extra);
        if (row.is_cancelled) dropAmounts(row);
        else if (/returned to seller|rejected by buyer/i.test(extra('status')))
          row.refunded_total = subtract(row.line_total, row.line_discount || '0');
        if (row.status !== 'delivered') row.delivered_at = '';
      },
    }),
  }),
};

/**
 * Amazon, Seller Central > Orders > Order Reports: tab separated, one row per item of orders that the seller ships
 * himself, with an address at `marketplace.amazon.…` that forwards to the buyer. Source: "Order Report fields" (201648780)
 * in the help of Seller Central. The report tells no state: what was paid for counts as delivered on `payments-date`.
 */
const orderReport: TillFormat = {
  name: 'amazon',
  title: 'Amazon order report',
  signature: [
    'order-id',
    'order-item-id',
    'purchase-date',
    'payments-date',
    'sku',
    'quantity-purchased',
    'item-price',
  ],
  open: (header) => ({
    several: { delivered_at: 'last' },
    ...openTable(header, {
      format: { name: 'amazon', title: 'Amazon order report' },
      columns: {
        ...columns,
        order_number: ['order-id'],
        row_id: ['order-item-id'],
        placed_at: ['purchase-date'],
        delivered_at: ['payments-date'],
        customer_name: ['buyer-name', 'recipient-name'],
      },
      extras: { ...amounts, email: ['buyer-email'], item: ['order-item-id'] },
      isOrderOnFirstRow: true,
      finish(row, extra) {
        row.source = 'amazon';
        if (extra('item').trim() === '') row.left_out = skippedWords.goes_on;
        else if (/^0+$/.test(row.quantity.trim())) row.left_out = skippedWords.nothing_sold;
        row.placed_at = joined(row.placed_at);
        row.delivered_at = joined(row.delivered_at);
        row.status = row.delivered_at === '' ? 'placed' : 'delivered';
        settleRow(row, extra);
        setBuyer(row, { email: extra('email'), id: '' });
      },
    }),
  }),
};

export const amazon: readonly TillFormat[] = [allOrders, orderReport];

type Row = Parameters<typeof setBuyer>[0];

function cancelItem(row: Row, reason: string): void {
  row.left_out = reason;
  row.is_cancelled = true;
  row.is_continued = true;
}

function dropAmounts(row: Row): void {
  row.line_total = '0';
  row.quantity = '';
  row.currency = '';
  row.delivered_at = '';
  row.line_discount = '';
  row.line_shipping = '';
  row.line_tax = '';
}

function settleRow(row: Row, extra: (name: keyof typeof amounts) => string): void {
  const amount = (name: keyof typeof amounts) => withoutSign(localisedAmount(extra(name).trim())) || '0';
  row.currency = row.currency.trim().toUpperCase();
  row.line_total = localisedAmount(row.line_total.trim());
  row.line_discount = unlessZero(withoutSign(localisedAmount(row.line_discount.trim())));
  const beside = add(amount('shippingPrice'), amount('giftWrapPrice'));
  row.line_shipping = unlessZero(subtract(beside, amount('shipDiscount')));
  row.line_tax = unlessZero(add(add(amount('itemTax'), amount('shippingTax')), amount('giftWrapTax')));
  row.is_tax_inside = !/^(usd|cad)$/i.test(row.currency);
}

/** `2026-07-14T18:53:56+ 00 :00`, as the help writes it, without the spaces. */
function joined(time: string): string {
  return time.replaceAll(' ', '');
}

function statusOf(status: string): string {
  const name = status.trim().toLowerCase();
  if (/^cancell?ed/.test(name)) return 'cancelled';
  if (/^(shipped|complete)/.test(name)) return shippedStatus(name);
  if (/^partially ?shipped/.test(name)) return 'confirmed';
  return /^unshipped/.test(name) ? 'confirmed' : 'placed';
}

function shippedStatus(name: string): string {
  if (/out for delivery/.test(name)) return 'out_for_delivery';
  if (/returning|picked up/.test(name)) return 'shipped';
  return /lost|damaged/.test(name) ? 'delivery_failed' : 'delivered';
}
