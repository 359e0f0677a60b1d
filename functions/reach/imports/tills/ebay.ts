import { add } from '../decimals.ts';
import { currencyOfAmount, localisedAmount } from '../localised-amount.ts';
import { unlessZero } from '../printed-amount.ts';
import { skippedWords } from '../reason-words.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';
import { namedMonthDay } from './named-month.ts';

const format = { name: 'ebay', title: 'eBay orders report' };

/**
 * eBay, Seller Hub > Orders > Download report (`eBay-OrdersReport-….csv`): a line of bare commas, the header, an empty
 * row, one row per item, and below them how many records there are and whose. Sources: "Orders report" at
 * export.ebay.com, the header in public code that reads the report (randomecho/shifted-sales-report at github.com), the
 * British one likewise ("Postage and packaging", "Dispatched on date").
 *
 * - An order of several items has a row of its own first, without an item: shipping, tax and total stand there.
 * - `Sold For` is the price of one. Tax comes on top, also what eBay collects.
 * - The report tells neither refunds nor cancellations: cancelled orders are left out of it.
 * - A shipped order counts as delivered when it was shipped; its latest parcel decides.
 */
export const ebay: TillFormat = {
  ...format,
  signature: [
    'Sales Record Number',
    'Order Number',
    'Buyer Username',
    'Item Title',
    'Quantity',
    'Sold For',
    'Sale Date',
  ],
  open: (header, { defaultCurrency }) => ({
    several: {
      delivered_at: 'last',
      tracking_number: 'first',
      shipping: 'first',
      tax: 'first',
      status: 'first',
    },
    ...openTable(header, {
      format,
      columns: {
        order_number: ['Order Number'],
        placed_at: ['Sale Date'],
        customer_name: ['Buyer Name', 'Ship To Name', 'Post to name'],
        sku: ['Custom Label', 'Custom label (SKU)'],
        product: ['Item Title'],
        quantity: ['Quantity'],
        unit_price: ['Sold For'],
        shipping: ['Shipping And Handling', 'Postage and packaging', 'Postage And Handling'],
        delivered_at: ['Shipped On Date', 'Dispatched on date', 'Posted on date'],
        tracking_number: ['Tracking Number'],
        row_id: ['Transaction ID'],
      },
      extras: {
        record: ['Sales Record Number'],
        username: ['Buyer Username'],
        email: ['Buyer Email'],
        item: ['Item Number'],
        paidOn: ['Paid On Date'],
        sellerTax: ['Seller Collected Tax'],
        ebayTax: ['eBay Collected Tax'],
        total: ['Total Price'],
      },
      isOrderOnFirstRow: false,
      finish(row, extra) {
        row.source = format.name;
        if (isFooter(extra('record'), row.order_number)) {
          row.left_out = skippedWords.report_end;
          return;
        }
        if (row.order_number.trim() === '') {
          row.left_out = skippedWords.not_paid_yet;
          return;
        }
        row.currency = currencyOfAmount(row.unit_price) ?? dollars(row.unit_price) ?? defaultCurrency ?? '';
        row.placed_at = namedMonthDay(row.placed_at);
        row.delivered_at = namedMonthDay(row.delivered_at);
        row.status = statusOf(row.delivered_at, extra('paidOn'));
        row.unit_price = localisedAmount(row.unit_price);
        row.is_without_line = extra('item').trim() === '' && row.product.trim() === '';
        row.shipping = unlessZero(localisedAmount(row.shipping));
        const tax = [extra('sellerTax'), extra('ebayTax')].map((text) => localisedAmount(text) || '0');
        row.tax = unlessZero(add(tax[0] ?? '0', tax[1] ?? '0'));
        setBuyer(row, { email: extra('email'), id: extra('username').toLowerCase() });
      },
    }),
  }),
};

function isFooter(record: string, second: string): boolean {
  return /record\(s\) downloaded/i.test(`${record} ${second}`) || /^seller id\s*:/i.test(record.trim());
}

/** eBay marks every dollar but that of the United States. */
function dollars(amount: string): string | null {
  return /^[-−(\s]*\$/.test(amount) ? 'USD' : null;
}

function statusOf(shippedOn: string, paidOn: string): string {
  if (shippedOn !== '') return 'delivered';
  return paidOn.trim() === '' ? 'placed' : 'confirmed';
}
