import { add } from '../decimals.ts';
import { localisedAmount } from '../localised-amount.ts';
import { unlessZero } from '../printed-amount.ts';
import { skippedWords } from '../reason-words.ts';
import { openTable, type TillFormat } from '../till.ts';
import { setBuyer } from './buyer.ts';

const format = { name: 'stripe', title: 'Stripe payments export' };

/**
 * Stripe, Dashboard > Payments > Export (`unified_payments.csv`, earlier `payments.csv`), one row per payment and so one
 * line per order, paid for when it was taken. Sources: "Export payments" at docs.stripe.com and public exports of 2015 to
 * 2026, of which shops choose the columns.
 *
 * - `Amount` is all that was paid, tax included; Stripe does not tell how much of it is tax.
 * - `Amount Refunded` is the sum so far. A dispute that was lost takes back `Disputed Amount`; one that is open or was
 *   won takes back nothing.
 * - Payments that came to nothing, and those of test mode, are no orders.
 */
export const stripe: TillFormat[] = [layoutOf('Created date (UTC)'), layoutOf('Created (UTC)')];

function layoutOf(created: string): TillFormat {
  return {
    ...format,
    signature: ['id', created, 'Amount', 'Amount Refunded', 'Currency', 'Status'],
    open: (header) =>
      openTable(header, {
        format,
        columns: {
          order_number: ['id'],
          row_id: ['id'],
          placed_at: [created],
          customer_name: ['Shipping Name', 'Card Name'],
          currency: ['Currency'],
          product: ['Checkout Line Item Summary', 'Description'],
          line_total: ['Amount'],
          order_refunded: ['Amount Refunded'],
        },
        extras: {
          status: ['Status'],
          email: ['Customer Email'],
          customer: ['Customer ID'],
          mode: ['Mode'],
          captured: ['Captured'],
          description: ['Description'],
          disputed: ['Disputed Amount'],
          dispute: ['Dispute Status'],
        },
        isOrderOnFirstRow: true,
        finish(row, extra) {
          row.source = format.name;
          if (/^test$/i.test(extra('mode').trim())) {
            row.left_out = skippedWords.test_payment;
            return;
          }
          const status = statusOf(extra('status'), extra('captured'));
          row.currency = row.currency.trim().toUpperCase();
          row.placed_at = utc(row.placed_at);
          row.product ||= extra('description');
          row.line_total = localisedAmount(row.line_total);
          row.order_refunded = unlessZero(localisedAmount(row.order_refunded));
          if (/^refunded$/i.test(extra('status').trim())) row.order_refunded ||= row.line_total;
          if (/^lost$/i.test(extra('dispute').trim())) {
            row.order_refunded = add(row.order_refunded || '0', localisedAmount(extra('disputed')));
          }
          setBuyer(row, { email: extra('email'), id: extra('customer') });
          if (status === null) tellNotPaid(row);
          else row.status = status;
        },
      }),
  };
}

/** A payment that was pending in an earlier file is known by its id and cancelled; any other is no order. */
function tellNotPaid(row: {
  order_number: string;
  status: string;
  is_news: boolean;
  left_out: string;
}): void {
  if (row.order_number.trim() === '') row.left_out = notPaid;
  row.status = 'cancelled';
  row.is_news = true;
}

const notPaid = skippedWords.unpaid_payment;

/** Null for a payment that came to nothing. */
function statusOf(status: string, captured: string): string | null {
  const name = status.trim().toLowerCase();
  if (/^(uncaptured|requires_capture)$/.test(name)) return 'placed';
  if (/^(pending|processing)$/.test(name)) return 'placed';
  if (
    !/^(paid|succeeded|refunded|partial(ly)?[ _]?refund(ed)?|disputed?|won|lost|warning.*|needs.*)$/.test(
      name,
    )
  )
    return null;
  return captured.trim().toLowerCase() === 'false' ? 'placed' : 'delivered';
}

/** `2026-06-05 20:38:34` or `2026-06-05 20:38`, in UTC. */
function utc(text: string): string {
  const [day = '', time] = text.trim().split(/[ T]/);
  return time === undefined || /[Zz+-]/.test(time) ? text : `${day}T${time}Z`;
}
