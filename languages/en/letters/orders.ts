import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { orderMails } from '../../../functions/money/orders/letters/kinds.ts';
import type { OrderStatus } from '../../../functions/money/orders/statuses.ts';

const states: Record<OrderStatus, string> = {
  placed: 'We have your order',
  confirmed: 'Your order is confirmed',
  packed: 'Your order is packed',
  shipped: 'Your order is on its way',
  out_for_delivery: 'Your order is out for delivery',
  delivered: 'Your order has been delivered',
  ready_for_pickup: 'Your order is ready to collect',
  delivery_failed: 'Your order could not be delivered',
  delayed: 'Your order is delayed',
  on_hold: 'Your order is on hold',
  released: 'Your order is no longer on hold',
  cancelled: 'Your order is cancelled',
  return_requested: 'We have your return request',
  return_approved: 'Your return is approved',
  return_refused: 'We could not accept your return',
  returned: 'Your return has arrived',
  partly_refunded: 'Part of your order is refunded',
  refunded: 'Your order is refunded',
};

export const orders: Letters<typeof orderMails> = {
  order_placed: ({ number, placedAt, total, promisedBy, lines, more }, { business, formats }) => ({
    subject: `Your order ${number} at ${business}`,
    heading: 'Thank you for your order',
    paragraphs: ['You can follow it and see what it earns you any time.'],
    facts: [
      ['Order', number],
      ['Placed', formats.moment(placedAt)],
      ...lines.map(({ name, quantity, amount }) =>
        fact(quantity === 1 ? name : `${formats.number(quantity)} × ${name}`, formats.money(amount)),
      ),
      ...(more === 0 ? [] : [fact(`and ${more} more`, '…')]),
      ['Total', formats.money(total)],
      ...(promisedBy === null ? [] : [fact('Promised by', formats.date(promisedBy))]),
    ],
    button: 'See your order',
    notes: [],
  }),
  order_state: ({ number, status, at, carrier, trackingNumber }, { formats }) => ({
    subject: `${states[status]} (${number})`,
    heading: states[status],
    paragraphs: [],
    facts: [
      ['Order', number],
      ['Since', formats.moment(at)],
      ...(carrier === null ? [] : [fact('Carrier', carrier)]),
      ...(trackingNumber === null ? [] : [fact('Tracking number', trackingNumber)]),
    ],
    button: 'See your order',
    notes: [],
  }),
};
