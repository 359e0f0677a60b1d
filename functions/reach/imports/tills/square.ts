import { readDate } from '../date-format.ts';
import { add, subtract } from '../decimals.ts';
import { plainAmount, unlessZero, withoutSign } from '../printed-amount.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';

const format = { name: 'square', title: 'Square items detail export' };

/**
 * Square, Reports > Items detail, or Transactions. Money is printed with its symbol, so the currency comes from outside.
 * Square exports no email address: a customer is known by their id, and by a customer reference that is an address. Rows of
 * the event "Refund" take goods of the same transaction back, also of one that an earlier file told. Items tell their tax on top of the prices; transactions also tell what was
 * collected, which says where the tax is. Tips are nobody's purchase and left out.
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
          line_tax: ['Tax'],
        },
        extras: {
          date: ['Date'],
          time: ['Time'],
          event: ['Event Type'],
          payment: ['Payment ID'],
          customerId: ['Customer ID'],
          reference: ['Customer Reference ID'],
          kind: ['Itemization Type'],
          giftCards: ['Gift Card Sales'],
          partRefunded: ['Partial Refunds'],
          collected: ['Total Collected'],
          tip: ['Tip'],
        },
        isOrderOnFirstRow: true,
        finish(row, extra) {
          const money = (name: 'giftCards' | 'partRefunded' | 'collected' | 'tip') =>
            unlessZero(withoutSign(plainAmount(extra(name))));
          const at = timeOf(extra('date'), extra('time'));
          row.source = format.name;
          row.currency = defaultCurrency ?? '';
          row.line_total = plainAmount(row.line_total);
          row.line_discount = unlessZero(withoutSign(plainAmount(row.line_discount)));
          row.line_tax = unlessZero(plainAmount(row.line_tax));
          row.is_gift_card = isGiftCard(extra('kind'), row.category);
          row.is_refund = extra('event').trim().toLowerCase() === 'refund';
          row.is_continued = row.is_refund;
          if (row.is_refund) {
            row.line_total = unlessZero(withoutSign(row.line_total)) || money('partRefunded') || '0';
            row.quantity = unlessZero(withoutSign(row.quantity));
            row.line_tax = '';
            row.refund_id = `${extra('payment').trim()} ${at}`.trim();
            row.refunded_at = at;
            return;
          }
          if (unlessZero(row.line_total) === '' && money('giftCards') !== '')
            sellGiftCard(row, money('giftCards'));
          row.refunded_total = money('partRefunded');
          row.order_total = paidOf({
            collected: money('collected'),
            tip: money('tip'),
            back: row.refunded_total,
          });
          row.placed_at = at;
          setBuyer(row, { email: extra('reference'), id: extra('customerId') });
        },
      }),
  };
}

/** Square writes 2026-08-15 or, in older exports, 08/15/2026 and 08/15/26. */
function timeOf(date: string, time: string): string {
  const day = readDate(date, 'MM/DD/YYYY') ?? readDate(date, 'MM/DD/YY') ?? date.trim();
  return `${day} ${time.trim()}`.trim();
}

function isGiftCard(kind: string, category: string): boolean {
  return [kind, category].some((text) => /^gift[ _]?cards?$/i.test(text.trim()));
}

function sellGiftCard(row: { line_total: string; is_gift_card: boolean }, amount: string): void {
  row.line_total = amount;
  row.is_gift_card = true;
}

/** What was collected for the goods, before anything was given back. */
function paidOf({ collected, tip, back }: { collected: string; tip: string; back: string }): string {
  if (collected === '') return '';
  const goods = tip === '' ? collected : subtract(collected, tip);
  return back === '' ? goods : add(goods, back);
}
