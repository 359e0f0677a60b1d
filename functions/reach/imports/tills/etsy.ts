import { readDate } from '../date-format.ts';
import { localisedAmount } from '../localised-amount.ts';
import { unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';

const format = { name: 'etsy', title: 'Etsy sold order items' };

/**
 * Etsy, Shop Manager > Settings > Options > Download Data > Order Items (`EtsySoldOrderItems2026.csv`), one row per item.
 * Shops in Britain get the same columns with "Delivery" for "Shipping" and "Posted" for "Shipped". Sources: the header as
 * it stands in public code that reads the file, and "How to download your shop data" at help.etsy.com.
 *
 * - Etsy exports no email address; a buyer is known by the name after which Etsy calls them, a guest by none.
 * - A shipped order counts as delivered on the day it was shipped, since Etsy knows no delivery; one sold in person at once.
 * - `Item Total` is before `Discount Amount`. Tax that Etsy collects comes on top of it, also VAT.
 * - Refunds and cancellations stand in the sold orders file alone.
 */
export const etsy: TillFormat = {
  ...format,
  signature: ['Sale Date', 'Item Name', 'Buyer', 'Quantity', 'Item Total', 'Order ID', 'Transaction ID'],
  open: (header, { defaultCurrency }) => ({
    notes: () => [bothFiles],
    ...openTable(header, {
      format,
      columns: {
        order_number: ['Order ID'],
        placed_at: ['Sale Date'],
        customer_name: ['Ship Name', 'Delivery Name'],
        currency: ['Currency'],
        sku: ['SKU'],
        product: ['Item Name'],
        quantity: ['Quantity'],
        line_total: ['Item Total'],
        line_discount: ['Discount Amount'],
        shipping: ['Order Shipping', 'Order Delivery'],
        tax: ['Order Sales Tax'],
        row_id: ['Transaction ID'],
        line_tax: ['VAT Paid by Buyer'],
        delivered_at: ['Date Shipped', 'Date Posted'],
      },
      extras: { buyer: ['Buyer'], orderType: ['Order Type'] },
      isOrderOnFirstRow: false,
      finish(row, extra) {
        row.source = format.name;
        row.currency = row.currency.trim().toUpperCase() || (defaultCurrency ?? '');
        row.placed_at = etsyDay(row.placed_at);
        row.delivered_at = etsyDay(row.delivered_at);
        if (row.delivered_at === '' && /person/i.test(extra('orderType'))) row.delivered_at = row.placed_at;
        row.status = row.delivered_at === '' ? 'confirmed' : 'delivered';
        row.line_total = localisedAmount(row.line_total);
        row.line_discount = withoutSign(localisedAmount(row.line_discount));
        row.shipping = unlessZero(localisedAmount(row.shipping));
        row.tax = unlessZero(localisedAmount(row.tax));
        row.line_tax = unlessZero(localisedAmount(row.line_tax));
        const { name, id } = readBuyer(extra('buyer'));
        setBuyer(row, { email: '', id });
        row.customer_name ||= name;
      },
    }),
  }),
};

/** What a person who has both files should know. */
export const bothFiles =
  'Etsy tells the same orders in two files, as items and as sums. Both may be imported, in either order: an order counts once, by its items.';

/** Etsy writes 08/14/25 or, as some spreadsheets save it again, 8/14/2025: month, day, year. */
export function etsyDay(text: string): string {
  return readDate(text, 'MM/DD/YYYY') ?? readDate(text, 'MM/DD/YY') ?? text;
}

/** `Jane Doe (jane42)` or `jane42`; a guest has a name of several words alone, which others may have as well. */
function readBuyer(text: string): { name: string; id: string } {
  const buyer = text.trim();
  const named = /\(([^()]{1,100})\)$/.exec(buyer);
  const id = (named?.[1] ?? buyer).trim();
  return { name: buyer.slice(0, named?.index).trimEnd(), id: /\s/.test(id) ? '' : id };
}
