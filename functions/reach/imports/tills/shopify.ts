import { add } from '../decimals.ts';
import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'shopify', title: 'Shopify orders export' };

/**
 * Shopify, Admin > Orders > Export. An order's own columns stand on its first row; its further lines repeat `Name` and,
 * in newer exports, `Email` and `Created at`. Shopify knows no delivery, so a fulfilled order counts as delivered when it
 * was fulfilled. `Total` is what was paid: from it follows whether `Taxes` are inside the prices, shop by shop and order
 * by order, and what of a discount was on the shipping.
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
        order_total: ['Total'],
      },
      extras: {
        financial: ['Financial Status'],
        fulfillment: ['Fulfillment Status'],
        cancelledAt: ['Cancelled at'],
        duties: ['Duties'],
        shippingName: ['Shipping Name'],
        requiresShipping: ['Lineitem requires shipping'],
      },
      isOrderOnFirstRow: true,
      finish(row, extra) {
        row.source = format.name;
        row.is_gift_card = giftCard.test(row.product) && extra('requiresShipping') !== 'true';
        if (/^0+$/.test(row.quantity.trim())) takeOut(row);
        const financial = extra('financial').trim().toLowerCase();
        const fulfillment = extra('fulfillment').trim().toLowerCase();
        row.is_continued = isEmpty(financial, fulfillment, row.order_subtotal, row.order_total);
        if (row.is_continued) return;
        row.currency ||= defaultCurrency ?? '';
        row.customer_name ||= extra('shippingName');
        row.shipping = add(row.shipping, extra('duties').trim()) || row.shipping;
        row.status = statusOf({ isCancelled: extra('cancelledAt') !== '', financial, fulfillment });
        if (row.status !== 'delivered') row.delivered_at = '';
        if (financial === 'refunded') row.order_refunded ||= row.order_total;
      },
    }),
};

const giftCard = /\bgift\s?card\b/i;

function isEmpty(...cells: string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** A line that was taken out of the order before it was paid. */
function takeOut(row: { quantity: string; line_total: string; line_discount: string }): void {
  row.quantity = '';
  row.line_total = '0';
  row.line_discount = '';
}

function statusOf(order: { isCancelled: boolean; financial: string; fulfillment: string }): string {
  if (order.isCancelled || order.financial === 'voided') return 'cancelled';
  if (order.fulfillment === 'fulfilled') return 'delivered';
  return unpaid.includes(order.financial) ? 'placed' : 'confirmed';
}

const unpaid = ['', 'pending', 'authorized', 'expired'];
