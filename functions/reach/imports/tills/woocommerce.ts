import { currencyExponent } from '../../../ground/platform/money.ts';
import { round, subtract } from '../decimals.ts';
import { plainAmount, unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'woocommerce', title: 'WooCommerce order export' };

/**
 * WooCommerce has no export of its own with one row per item, so its common export plug-ins are read as they come:
 * Advanced Order Export For WooCommerce ("Order Number", "Item Cost") and Customer/Order/Coupon Export of SkyVerge
 * ("order_number", "item_total", one row per item). Both tell prices without tax, which comes on top; fees and tips go
 * with the shipping. A completed order counts as delivered when it was completed.
 *
 * "Item Cost" is what one costs after the coupon, and "Quantity (- Refund)" what is left after refunds; what was sold
 * follows from "Order Subtotal Amount" then. Lines are kept unrounded where prices were entered with tax. Line and order refunds are the same money told twice.
 */
export const woocommerce: TillFormat[] = [
  layoutOf(['Order Number', 'Order Status', 'Order Date', 'Email (Billing)', 'Item Name']),
  layoutOf(['order_number', 'status', 'billing_email', 'item_name', 'item_total']),
];

function layoutOf(signature: readonly string[]): TillFormat {
  return {
    ...format,
    signature,
    open(header, { defaultCurrency }) {
      let decimals = 2;
      return openTable(header, {
        format,
        columns: {
          order_number: ['Order Number', 'order_number_formatted', 'order_number'],
          placed_at: ['Order Date', 'order_date', 'date'],
          customer_email: ['Email (Billing)', 'billing_email'],
          customer_name: ['Full Name (Billing)', 'billing_full_name'],
          currency: ['Currency', 'Order Currency', 'order_currency'],
          sku: ['SKU', 'item_sku'],
          product: ['Item Name', 'item_name'],
          category: ['Category', 'item_category'],
          quantity: ['Quantity', 'item_quantity'],
          quantity_left: ['Quantity (- Refund)'],
          line_total: ['Order Line Subtotal', 'item_subtotal'],
          unit_price: ['Item Cost'],
          refunded_total: ['Order Line Total Refunded', 'item_refunded'],
          shipping: ['Order Shipping Amount', 'shipping_total'],
          tax: ['Order Total Tax Amount', 'tax_total'],
          delivered_at: ['Completed Date', 'completed_date', 'date_completed'],
          order_refunded: ['Order Refund Amount', 'refunded_total'],
          order_total: ['Order Total Amount', 'order_total'],
          order_subtotal: ['Order Subtotal - Cart Discount'],
        },
        extras: {
          number: ['order_number'],
          id: ['order_id', 'Order ID'],
          status: ['Order Status', 'status'],
          firstName: ['First Name (Billing)', 'billing_first_name'],
          lastName: ['Last Name (Billing)', 'billing_last_name'],
          lineTotal: ['Order Line Total', 'Order Line (w/o tax)', 'item_total'],
          subtotal: ['Order Subtotal Amount'],
          discount: ['Cart Discount Amount'],
        },
        isOrderOnFirstRow: true,
        finish(row, extra) {
          row.source = format.name;
          row.order_number ||= extra('number') || extra('id');
          row.customer_name ||= `${extra('firstName')} ${extra('lastName')}`.trim();
          row.is_continued = row.placed_at.trim() === '';
          row.currency ||= row.is_continued ? '' : (defaultCurrency ?? '');
          decimals = currencyExponent(row.currency.trim()) ?? decimals;
          const amount = (text: string) => round(plainAmount(text), decimals);
          for (const column of amounts) row[column] = amount(row[column]);
          readLine(row, amount(extra('lineTotal')));
          if (row.is_continued) return;
          readOrder(row, { subtotal: amount(extra('subtotal')), discount: amount(extra('discount')) });
          row.status = statusOf(extra('status'));
          const isRefunded = /refunded$/i.test(extra('status').trim());
          if (isRefunded && unlessZero(row.order_refunded) === '') row.order_refunded = row.order_total;
          if (row.status !== 'delivered') row.delivered_at = '';
        },
      });
    },
  };
}

const amounts = [
  'line_total',
  'refunded_total',
  'shipping',
  'tax',
  'order_refunded',
  'order_total',
  'order_subtotal',
] as const;

type Cells = Record<
  (typeof amounts)[number] | 'unit_price' | 'line_discount' | 'quantity' | 'quantity_left',
  string
>;

/** Where the line says what was sold, what is left of it tells nothing more. */
function readLine(row: Cells, paid: string): void {
  row.refunded_total = withoutSign(row.refunded_total);
  row.unit_price = plainAmount(row.unit_price);
  if (row.line_total === '') row.line_total = paid;
  else if (paid !== '') row.line_discount = subtract(row.line_total, paid);
  if (row.line_total !== '' || row.quantity !== '') row.quantity_left = '';
  if (row.line_total !== '') row.unit_price = '';
}

function readOrder(row: Cells, { subtotal, discount }: { subtotal: string; discount: string }): void {
  row.order_refunded = withoutSign(row.order_refunded);
  row.order_subtotal ||= subtract(subtotal, withoutSign(discount) || '0') || subtotal;
}

/** Names that are not WooCommerce's own stay, for the row's check to name them. */
function statusOf(status: string): string {
  const name = status.trim().toLowerCase().replace(/^wc-/, '').replaceAll(' ', '-');
  return statuses.get(name) ?? name;
}

const statuses = new Map([
  ['pending', 'placed'],
  ['pending-payment', 'placed'],
  ['processing', 'confirmed'],
  ['on-hold', 'on_hold'],
  ['completed', 'delivered'],
  ['refunded', 'delivered'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['failed', 'cancelled'],
  ['draft', 'cancelled'],
  ['checkout-draft', 'cancelled'],
]);
