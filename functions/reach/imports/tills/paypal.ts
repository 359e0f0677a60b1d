import { subtract } from '../decimals.ts';
import { localisedAmount } from '../localised-amount.ts';
import { unlessZero, withoutSign } from '../printed-amount.ts';
import { skippedWords } from '../reason-words.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';
import { openDateOrder } from './date-order.ts';
import { zonedTime } from './zoned-time.ts';

const columns = {
  order_number: ['Transaction ID'],
  row_id: ['Transaction ID'],
  customer_name: ['Name'],
  product: ['Item Title', 'Subject'],
  sku: ['Item ID'],
  quantity: ['Quantity'],
  line_total: ['Gross'],
  shipping: ['Shipping and Handling Amount', 'Postage and Packaging Amount'],
  tax: ['Sales Tax', 'VAT'],
  currency: ['Currency'],
} as const;

const extras = {
  date: ['Date'],
  time: ['Time'],
  zone: ['TimeZone', 'Time Zone'],
  type: ['Type', 'Description'],
  status: ['Status'],
  impact: ['Balance Impact'],
  email: ['From Email Address'],
  reference: ['Reference Txn ID'],
} as const;

/**
 * PayPal, Activity > Download > all transactions (`Download.CSV`), and the statement of a personal account
 * (`…-CSR-….CSV`, which says "Description" for "Type"). A payment is one line of an order of its own. Sources: "Activity
 * Download Specification" of PayPal, 2018; headers in American and British English in public code that reads the files.
 *
 * - `Gross` is all that was paid; shipping and tax, where told, are parts of it.
 * - Refunds, reversals and lost chargebacks are rows of their own that name the payment in `Reference Txn ID`, each
 *   counted once by its own id, in whichever file it comes.
 * - What a pending payment becomes is told by the same id later. Payments made, withdrawals, fees, holds and conversions
 *   are no orders.
 * - Days are written as in the seller's country; which number is the month is told by all rows together.
 */
export const paypal: readonly TillFormat[] = [
  layoutOf('PayPal activity download', [
    'Date',
    'Time',
    'Name',
    'Type',
    'Status',
    'Currency',
    'Gross',
    'Transaction ID',
  ]),
  layoutOf('PayPal statement', [
    'Date',
    'Time',
    'Description',
    'Currency',
    'Gross',
    'Transaction ID',
    'Reference Txn ID',
  ]),
];

function layoutOf(title: string, signature: readonly string[]): TillFormat {
  const format = { name: 'paypal', title };
  return {
    ...format,
    signature,
    open(header) {
      const order = openDateOrder();
      const place = (names: readonly string[]) => header.find(names);
      const [date, gross, zone] = [extras.date, columns.line_total, extras.zone].map(place);
      const till = openTable(header, {
        format,
        columns,
        extras,
        isOrderOnFirstRow: true,
        finish(row, extra) {
          row.source = format.name;
          row.line_total = localisedAmount(row.line_total.trim());
          const kind = kindOf({
            type: extra('type'),
            status: extra('status'),
            impact: extra('impact'),
            gross: row.line_total,
          });
          const at = zonedTime({ day: order.toIso(extra('date')), time: extra('time'), zone: extra('zone') });
          row.currency = row.currency.trim().toUpperCase();
          if (kind === 'sale' || kind === 'pending')
            return tellSale(row, extra('email'), { at, isPaid: kind === 'sale' });
          if (kind === 'refund') return tellRefund(row, extra('reference').trim(), at);
          if (kind === 'failed') {
            row.is_news = true;
            row.is_continued = true;
            row.status = 'cancelled';
            return;
          }
          row.left_out = kind;
        },
      });
      return {
        ...till,
        look: (cells) =>
          order.look({
            date: cells[date ?? -1] ?? '',
            amount: cells[gross ?? -1] ?? '',
            zone: cells[zone ?? -1] ?? '',
          }),
      };
    },
  };
}

type Row = Parameters<typeof setBuyer>[0];

function tellSale(row: Row, email: string, { at, isPaid }: { at: string; isPaid: boolean }): void {
  row.placed_at = at;
  row.status = isPaid ? 'delivered' : 'placed';
  row.shipping = unlessZero(localisedAmount(row.shipping.trim()));
  row.tax = unlessZero(localisedAmount(row.tax.trim()));
  const goods = subtract(subtract(row.line_total, row.shipping || '0'), row.tax || '0');
  if (goods !== '') row.line_total = goods;
  row.quantity = unlessZero(row.quantity.trim());
  setBuyer(row, { email, id: '' });
}

function tellRefund(row: Row, reference: string, at: string): void {
  if (reference === '') {
    row.left_out = skippedWords.refund_of_nothing;
    return;
  }
  row.is_refund = true;
  row.is_continued = true;
  row.refund_id = `paypal:${row.order_number.trim()}`;
  row.refunded_at = at;
  row.order_number = reference;
  row.line_total = withoutSign(row.line_total);
  for (const column of ['sku', 'product', 'quantity', 'shipping', 'tax', 'customer_name'] as const)
    row[column] = '';
}

/** What a row is: one of the kinds that concern orders, or why it is none. */
function kindOf(row: { type: string; status: string; impact: string; gross: string }): string {
  const type = row.type.trim().toLowerCase();
  const status = row.status.trim().toLowerCase() || 'completed';
  const isMinus = row.gross.startsWith('-');
  if (/^memo$/i.test(row.impact.trim()) || /shopping cart item/.test(type))
    return skippedWords.no_money_moved;
  if (/hold|authorization|^order$|reserve/.test(type)) return skippedWords.money_held;
  if (/fee|conversion|withdrawal|deposit|transfer|loan|cashback|bank|funding/.test(type))
    return skippedWords.account_movement;
  if (/refund|reversal|chargeback|reversed/.test(type)) {
    if (!isMinus) return skippedWords.refund_came_back;
    return /^(completed|refunded|partially refunded|reversed|cleared)$/.test(status)
      ? 'refund'
      : skippedWords.refund_not_done;
  }
  if (isMinus) return skippedWords.payment_out;
  if (!/payment|donation|sale|received|checkout/.test(type)) return skippedWords.account_movement;
  if (/^(completed|refunded|partially refunded|reversed|cleared|paid)$/.test(status)) return 'sale';
  return /^(pending|held|unclaimed|processing|placed|active|uncleared)$/.test(status) ? 'pending' : 'failed';
}
