import { subtract } from '../decimals.ts';
import { localisedAmount } from '../localised-amount.ts';
import { unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';
import { bothFiles, etsyDay } from './etsy.ts';

const format = { name: 'etsy', title: 'Etsy sold orders' };

/**
 * Etsy, Shop Manager > Settings > Options > Download Data > Orders (`EtsySoldOrders2026.csv`), one row per order and so
 * one line per order. Beside the order items it tells the same sales: the items count, and this file adds their refunds. Sources: 1,605 rows of a public export of
 * 2023 (Epicrae/EtsyCompanion at github.com), the British wording in public code that reads the file.
 *
 * - `Order Total` = `Order Value` − `Discount Amount` + `Shipping` + tax; `Shipping` is what is left of it after
 *   `Shipping Discount`. The tax that Etsy collects stands nowhere but in that sum.
 * - `Adjusted Order Total` is what is left after a refund, and 0 where there was none; a whole refund says so in `Status`.
 */
export const etsyOrders: TillFormat = {
  ...format,
  signature: [
    'Sale Date',
    'Order ID',
    'Buyer User ID',
    'Full Name',
    'Order Value',
    'Order Total',
    'Order Net',
  ],
  open: (header, { defaultCurrency }) => ({
    notes: () => [bothFiles],
    ...openTable(header, {
      format,
      columns: {
        order_number: ['Order ID'],
        placed_at: ['Sale Date'],
        customer_name: ['Full Name', 'Buyer'],
        currency: ['Currency'],
        quantity: ['Number of Items'],
        row_id: ['Order ID'],
        line_total: ['Order Value'],
        line_discount: ['Discount Amount'],
        shipping: ['Shipping', 'Delivery'],
        delivered_at: ['Date Shipped', 'Date Posted'],
      },
      extras: {
        sku: ['SKU'],
        buyer: ['Buyer User ID'],
        orderType: ['Order Type'],
        status: ['Status'],
        total: ['Order Total'],
        adjusted: ['Adjusted Order Total'],
        salesTax: ['Sales Tax'],
        inPerson: ['InPerson Discount'],
      },
      isOrderOnFirstRow: false,
      finish(row, extra) {
        const amount = (name: Parameters<typeof extra>[0]) => withoutSign(localisedAmount(extra(name)));
        row.source = format.name;
        row.is_sum = true;
        row.currency = row.currency.trim().toUpperCase() || (defaultCurrency ?? '');
        row.placed_at = etsyDay(row.placed_at);
        row.delivered_at = etsyDay(row.delivered_at);
        if (row.delivered_at === '' && /person/i.test(extra('orderType'))) row.delivered_at = row.placed_at;
        row.sku = extra('sku').includes(',') ? '' : extra('sku');
        row.line_total = localisedAmount(row.line_total);
        row.line_discount = unlessZero(withoutSign(localisedAmount(row.line_discount))) || amount('inPerson');
        row.shipping = unlessZero(localisedAmount(row.shipping));
        const total = amount('total');
        row.tax = unlessZero(amount('salesTax')) || unlessZero(taxWithin(total, row));
        const adjusted = unlessZero(amount('adjusted'));
        if (adjusted !== '') row.order_refunded = unlessZero(subtract(total, adjusted));
        if (/refunded/i.test(extra('status')) && !/part/i.test(extra('status'))) row.order_refunded = total;
        row.status = statusOf(extra('status'), row.delivered_at);
        if (row.status !== 'delivered') row.delivered_at = '';
        setBuyer(row, { email: '', id: extra('buyer') });
      },
    }),
  }),
};

/** What the sum has beyond goods and shipping. */
function taxWithin(
  total: string,
  row: { line_total: string; line_discount: string; shipping: string },
): string {
  const goods = subtract(row.line_total, row.line_discount || '0');
  return subtract(subtract(total, row.shipping || '0'), goods);
}

function statusOf(status: string, deliveredAt: string): string {
  if (/cancel/i.test(status)) return 'cancelled';
  return deliveredAt === '' ? 'confirmed' : 'delivered';
}
