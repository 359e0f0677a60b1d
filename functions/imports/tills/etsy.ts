import { readDate } from '../date-format.ts';
import { plainAmount, unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'etsy', title: 'Etsy sold order items' };

/**
 * Etsy, Shop Manager > Settings > Options > Download Data > Order items. Etsy exports no email address: the buyer's name
 * on Etsy is kept under the reserved domain `etsy.invalid`, which receives no mail. A shipped order counts as delivered
 * on the day it was shipped, since Etsy knows no delivery.
 */
export const etsy: TillFormat = {
  ...format,
  signature: ['Sale Date', 'Item Name', 'Buyer', 'Quantity', 'Item Total', 'Order ID', 'Transaction ID'],
  open: (header, { defaultCurrency }) =>
    openTable(header, {
      format,
      columns: {
        order_number: ['Order ID'],
        placed_at: ['Sale Date'],
        customer_name: ['Ship Name', 'Buyer'],
        currency: ['Currency'],
        sku: ['SKU'],
        product: ['Item Name'],
        quantity: ['Quantity'],
        line_total: ['Item Total'],
        line_discount: ['Discount Amount'],
        shipping: ['Order Shipping'],
        tax: ['Order Sales Tax'],
        delivered_at: ['Date Shipped'],
      },
      extras: { buyer: ['Buyer'], email: ['Buyer Email', 'Email'] },
      isOrderOnFirstRow: false,
      finish(row, extra) {
        row.source = format.name;
        row.currency ||= defaultCurrency ?? '';
        row.customer_email = emailOf(extra('email'), extra('buyer'));
        row.placed_at = isoDay(row.placed_at);
        row.delivered_at = isoDay(row.delivered_at);
        row.status = row.delivered_at === '' ? 'confirmed' : 'delivered';
        row.line_total = plainAmount(row.line_total);
        row.line_discount = withoutSign(plainAmount(row.line_discount));
        row.shipping = unlessZero(plainAmount(row.shipping));
        row.tax = unlessZero(plainAmount(row.tax));
      },
    }),
};

/** Etsy writes 08/14/25: month, day, year. */
function isoDay(text: string): string {
  return readDate(text, 'MM/DD/YY') ?? readDate(text, 'MM/DD/YYYY') ?? text;
}

function emailOf(email: string, buyer: string): string {
  if (email.trim() !== '') return email;
  const name = buyer.trim().replace(/\s+/g, '-');
  return name === '' ? '' : `${name}@etsy.invalid`;
}
