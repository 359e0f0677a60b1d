import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount, moment } from '../../../ground/outbox/shapes.ts';
import { orderStatuses } from '../statuses.ts';

const order = z.object({ source: z.string(), number: z.string() });
const linkOfOrder = ({ source, number }: z.output<typeof order>) =>
  `/account/orders/${encodeURIComponent(source)}/${encodeURIComponent(number)}`;

const sampleOrder = { source: 'till', number: 'A-1042' };

export const orderMails = {
  order_placed: mailKind({
    topic: 'service',
    urgency: 'owed',
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
    own: {
      samples: (sum) => ({
        standard: {
          ...sampleOrder,
          placedAt: { at: 0, day: '2026-12-01' },
          total: sum(4250n),
          promisedBy: null,
          lines: [],
          more: 0,
        },
      }),
      values: ({ number, total }, { formats }) => ({ order: number, amount: formats.money(total) }),
    },
  }),
  order_state: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: order.extend({
      status: z.enum(orderStatuses),
      at: moment,
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
    }),
    link: linkOfOrder,
    own: {
      samples: () =>
        Object.fromEntries(
          orderStatuses.map((status) => [
            status,
            {
              ...sampleOrder,
              status,
              at: { at: 0, day: '2026-12-01' },
              carrier: 'DHL',
              trackingNumber: '00340434',
            },
          ]),
        ),
      caseOf: ({ status }) => status,
      values: ({ number, carrier, trackingNumber }) => ({ order: number, carrier, tracking: trackingNumber }),
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof orderMails> {}
}
