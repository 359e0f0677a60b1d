import { z } from 'zod';
import { eventStatuses } from '../../../orders/order.ts';
import { mailKind } from '../mail-kind.ts';
import { amount, moment } from '../shapes.ts';

const order = z.object({ source: z.string(), number: z.string() });
const linkOfOrder = ({ source, number }: z.output<typeof order>) =>
  `/account/orders/${encodeURIComponent(source)}/${encodeURIComponent(number)}`;

export const mailedStatuses = [...eventStatuses, 'partly_refunded', 'refunded'] as const;

export const orderMails = {
  order_placed: mailKind({
    topic: 'service',
    params: order.extend({
      placedAt: moment,
      total: amount,
      promisedBy: z.string().nullable(),
      /** The first of what was bought, `amount` after discount. */
      lines: z.array(z.object({ name: z.string(), quantity: z.number(), amount })).default([]),
      /** How many more lines there are. */
      more: z.number().default(0),
    }),
    link: linkOfOrder,
  }),
  order_state: mailKind({
    topic: 'service',
    params: order.extend({
      status: z.enum(mailedStatuses),
      at: moment,
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
    }),
    link: linkOfOrder,
  }),
};
