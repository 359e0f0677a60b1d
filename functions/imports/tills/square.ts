import { plainAmount, unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'square', title: 'Square items detail export' };

/**
 * Square, Reports > Items detail, or Transactions. Money is printed with its symbol, so the currency comes from outside.
 * Square exports no email address: a customer reference that is one is taken, else the customer's id under the reserved
 * domain `square.invalid`, which receives no mail. Rows of the event "Refund" take goods of the same transaction back.
 */
export const square: TillFormat[] = [
  layoutOf(format, ['Date', 'Time', 'Item', 'Qty', 'Gross Sales', 'Net Sales', 'Transaction ID']),
  layoutOf({ name: 'square', title: 'Square transactions export' }, [
    'Date',
    'Time',
    'Gross Sales',
    'Net Sales',
    'Total Collected',
    'Transaction ID',
  ]),
];

function layoutOf(named: typeof format, signature: readonly string[]): TillFormat {
  return {
    ...named,
    signature,
    open: (header, { defaultCurrency }) =>
      openTable(header, {
        format: named,
        columns: {
          order_number: ['Transaction ID'],
          customer_name: ['Customer Name'],
          sku: ['SKU'],
          product: ['Item', 'Description'],
          category: ['Category'],
          quantity: ['Qty'],
          line_total: ['Gross Sales'],
          line_discount: ['Discounts'],
        },
        extras: {
          date: ['Date'],
          time: ['Time'],
          event: ['Event Type'],
          customerId: ['Customer ID'],
          reference: ['Customer Reference ID'],
          partRefunded: ['Partial Refunds'],
        },
        isOrderOnFirstRow: true,
        finish(row, extra) {
          row.source = format.name;
          row.line_total = plainAmount(row.line_total);
          row.line_discount = unlessZero(withoutSign(plainAmount(row.line_discount)));
          row.refunded_total = unlessZero(withoutSign(plainAmount(extra('partRefunded'))));
          row.is_refund = extra('event').trim().toLowerCase() === 'refund';
          row.is_continued = row.is_refund;
          if (row.is_refund) {
            row.line_total = withoutSign(row.line_total);
            row.quantity = withoutSign(row.quantity);
            return;
          }
          row.currency = defaultCurrency ?? '';
          row.placed_at = `${extra('date').trim()} ${extra('time').trim()}`.trim();
          row.customer_email = emailOf(extra('reference'), extra('customerId'));
        },
      }),
  };
}

function emailOf(reference: string, customerId: string): string {
  if (reference.includes('@')) return reference;
  return customerId.trim() === '' ? '' : `${customerId.trim()}@square.invalid`;
}
