import { subtract } from '../decimals.ts';
import { plainAmount, unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'woocommerce', title: 'WooCommerce order export' };

/**
 * WooCommerce has no export of its own with one row per item, so its common export plug-ins are read: Advanced Order
 * Export ("Order Number", "Email (Billing)", "Item Cost") and Customer/Order Export ("order_number", "billing_email",
 * "item_total"), one row per item. A completed order counts as delivered when it was completed.
 */
export const woocommerce: TillFormat[] = [
  layoutOf(['Order Number', 'Order Status', 'Order Date', 'Email (Billing)', 'Item Name']),
  layoutOf(['order_number', 'status', 'billing_email', 'item_name', 'item_total']),
];

function layoutOf(signature: readonly string[]): TillFormat {
  return {
    ...format,
    signature,
    open: (header, { defaultCurrency }) =>
      openTable(header, {
        format,
        columns: {
          order_number: ['Order Number', 'order_number_formatted', 'order_number'],
          placed_at: ['Order Date', 'order_date', 'date'],
          customer_email: ['Email (Billing)', 'billing_email'],
          customer_name: ['Full Name (Billing)', 'billing_full_name'],
          currency: ['Order Currency', 'order_currency'],
          sku: ['SKU', 'item_sku'],
          product: ['Item Name', 'item_name'],
          category: ['Category', 'item_category'],
          quantity: ['Quantity', 'Quantity (- Refund)', 'item_quantity'],
          line_total: ['Order Line Subtotal', 'item_subtotal'],
          unit_price: ['Item Cost'],
          refunded_total: ['Order Line Total Refunded', 'item_refunded'],
          shipping: ['Order Shipping Amount', 'shipping_total'],
          tax: ['Order Total Tax Amount', 'tax_total'],
          delivered_at: ['Completed Date', 'completed_date', 'date_completed'],
          order_refunded: ['Order Refund Amount', 'refunded_total'],
        },
        extras: {
          status: ['Order Status', 'status'],
          firstName: ['First Name (Billing)', 'billing_first_name'],
          lastName: ['Last Name (Billing)', 'billing_last_name'],
          lineTotal: ['Order Line Total', 'item_total'],
          orderTotal: ['Order Total Amount', 'order_total'],
        },
        isOrderOnFirstRow: true,
        finish(row, extra) {
          row.source = format.name;
          row.customer_name ||= `${extra('firstName')} ${extra('lastName')}`.trim();
          for (const column of amounts) row[column] = plainAmount(row[column]);
          row.refunded_total = withoutSign(row.refunded_total);
          row.order_refunded = unlessZero(withoutSign(row.order_refunded));
          const paid = plainAmount(extra('lineTotal'));
          if (row.line_total === '') row.line_total = paid;
          else if (paid !== '') row.line_discount = subtract(row.line_total, paid);
          row.is_continued = row.placed_at === '';
          if (row.is_continued) return;
          row.currency ||= defaultCurrency ?? '';
          row.status = statusOf(extra('status'));
          if (/refunded$/i.test(extra('status').trim()))
            row.order_refunded ||= plainAmount(extra('orderTotal'));
          if (row.status !== 'delivered') row.delivered_at = '';
        },
      }),
  };
}

const amounts = ['line_total', 'unit_price', 'refunded_total', 'shipping', 'tax', 'order_refunded'] as const;

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
]);
