import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'shopify', title: 'Shopify orders export' };

/**
 * Shopify, Admin > Orders > Export. An order's own columns stand on its first row only; its further lines repeat `Name`.
 * Shopify knows no delivery, so a fulfilled order counts as delivered when it was fulfilled.
 */
export const shopify: TillFormat = {
  ...format,
  signature: [
    'Name',
    'Email',
    'Financial Status',
    'Created at',
    'Lineitem quantity',
    'Lineitem name',
    'Lineitem price',
  ],
  open: (header, { defaultCurrency }) =>
    openTable(header, {
      format,
      columns: {
        order_number: ['Name'],
        placed_at: ['Created at'],
        customer_email: ['Email'],
        customer_name: ['Billing Name', 'Shipping Name'],
        currency: ['Currency'],
        sku: ['Lineitem sku'],
        product: ['Lineitem name'],
        quantity: ['Lineitem quantity'],
        unit_price: ['Lineitem price'],
        line_discount: ['Lineitem discount'],
        shipping: ['Shipping'],
        tax: ['Taxes'],
        delivered_at: ['Fulfilled at', 'Fulfillment Date'],
        order_subtotal: ['Subtotal'],
        order_discount: ['Discount Amount'],
        order_refunded: ['Refunded Amount'],
      },
      extras: {
        financial: ['Financial Status'],
        fulfillment: ['Fulfillment Status'],
        cancelledAt: ['Cancelled at'],
      },
      isOrderOnFirstRow: true,
      finish(row, extra) {
        row.source = format.name;
        row.is_continued = row.placed_at === '';
        if (row.is_continued) return;
        row.currency ||= defaultCurrency ?? '';
        row.status = statusOf({
          isCancelled: extra('cancelledAt') !== '',
          financial: extra('financial').toLowerCase(),
          fulfillment: extra('fulfillment').toLowerCase(),
        });
        if (row.status !== 'delivered') row.delivered_at = '';
      },
    }),
};

function statusOf(order: { isCancelled: boolean; financial: string; fulfillment: string }): string {
  if (order.isCancelled || order.financial === 'voided') return 'cancelled';
  if (order.fulfillment === 'fulfilled') return 'delivered';
  return unpaid.includes(order.financial) ? 'placed' : 'confirmed';
}

const unpaid = ['', 'pending', 'authorized', 'expired'];
