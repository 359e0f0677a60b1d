import type { trackingMails } from '../../../functions/desk/tracking/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const tracking: Letters<typeof trackingMails> = {
  order_code: (_params, { business, code }) => ({
    subject: `${code} is your code for an order at ${business}`,
    heading: 'See your order',
    paragraphs: ['Enter this code on the page where you asked to see an order.'],
    code,
    button: 'Open the page',
    notes: [
      'The code works once, within 10 minutes, in the browser where you asked for it.',
      'If you did not ask for this, you do not need to do anything: nobody sees an order without the code.',
    ],
  }),
};
