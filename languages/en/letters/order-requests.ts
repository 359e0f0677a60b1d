import type { requestMails } from '../../../functions/care/order-requests/letters/kinds.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Amount } from '../../../functions/ground/platform/money.ts';

interface Goods {
  lines: { name: string; quantity: number; amount: Amount | null }[];
  more: number;
  total: Amount | null;
  ownReference: string | null;
  wishedOn: string | null;
}

function goodsFacts(
  { lines, more, total, ownReference, wishedOn }: Goods,
  { formats }: Pick<Mentions, 'formats'>,
): [label: string, value: string][] {
  return [
    ...lines.map(({ name, quantity, amount }) =>
      fact(
        quantity === 1 ? name : `${formats.number(quantity)} × ${name}`,
        amount === null ? 'price to be told' : formats.money(amount),
      ),
    ),
    ...(more === 0 ? [] : [fact(`and ${more} more`, '…')]),
    ...(total === null ? [] : [fact('Together', formats.money(total))]),
    ...(ownReference === null ? [] : [fact('Own reference', ownReference)]),
    ...(wishedOn === null ? [] : [fact('Delivery wished on', formats.date(wishedOn))]),
  ];
}

export const orderRequests: Letters<typeof requestMails> = {
  order_request_received: ({ reference, kind, number, ...goods }, { business, formats }) =>
    kind === 'cancel'
      ? {
          subject: `We have your request to cancel order ${number ?? ''} (${reference})`,
          heading: 'You asked us to cancel an order',
          paragraphs: [
            `Someone at ${business} will look whether it can still be stopped and write to you. Until then the order goes on.`,
          ],
          facts: [['Request', reference], ...(number === null ? [] : [fact('Order', number)])],
          button: 'See your request',
          notes: [],
        }
      : {
          subject: `We have your request (${reference})`,
          heading: 'We have your request',
          paragraphs: [
            `Someone at ${business} will look at it and write to you. It becomes an order only when they confirm it.`,
          ],
          facts: [['Request', reference], ...goodsFacts(goods, { formats })],
          button: 'See your request',
          notes: ['Prices are those we showed you when you asked.'],
        },
  order_request_waits: ({ reference, kind, number, ...goods }, { formats }) => ({
    subject:
      kind === 'cancel'
        ? `A customer asks to cancel order ${number ?? ''} (${reference})`
        : `A customer asks for goods (${reference})`,
    heading: kind === 'cancel' ? 'A customer asks to cancel an order' : 'A customer asks for goods',
    paragraphs: ['Who it is and what they wrote stands on the page of the request.'],
    facts: [
      ['Request', reference],
      ...(number === null ? [] : [fact(kind === 'cancel' ? 'Order' : 'As in order', number)]),
      ...goodsFacts(goods, { formats }),
    ],
    button: 'Answer it',
    notes: ['It is no order: record the order from the page of the request, and it is linked.'],
  }),
  order_request_decided: ({ reference, kind, number, outcome, text, made }) => {
    const said = text === null ? [] : text.split(/\n{2,}/);
    const facts: [label: string, value: string][] = [
      ['Request', reference],
      ...(made === null ? [] : [fact('Order', made)]),
      ...(made !== null || number === null || kind !== 'cancel' ? [] : [fact('Order', number)]),
    ];
    const rest = { facts, button: 'See your request', notes: [] };
    if (kind === 'cancel')
      return outcome === 'answered'
        ? {
            subject: `Order ${number ?? ''} is cancelled, as you asked (${reference})`,
            heading: 'Your order is cancelled',
            paragraphs: said,
            ...rest,
          }
        : {
            subject: `Order ${number ?? ''} could not be cancelled (${reference})`,
            heading: 'We could not cancel your order',
            paragraphs: said,
            ...rest,
          };
    if (outcome === 'declined')
      return {
        subject: `We cannot do what you asked for (${reference})`,
        heading: 'We cannot do what you asked for',
        paragraphs: said,
        ...rest,
      };
    return made === null
      ? {
          subject: `Our answer to your request (${reference})`,
          heading: 'Our answer to your request',
          paragraphs: said,
          ...rest,
        }
      : {
          subject: `Your request is now order ${made} (${reference})`,
          heading: 'Your request has become an order',
          paragraphs: said,
          ...rest,
        };
  },
};
