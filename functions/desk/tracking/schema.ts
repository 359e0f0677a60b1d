import { z } from 'zod';
import { instantAnswer } from '../../ground/platform/answer.ts';

const order = { source: z.string(), number: z.string() };

/** `POST /orders/{source}/{number}/links` */
export const orderLinkAnswer = z
  .object({
    ...order,
    url: z.string().meta({
      format: 'uri',
      examples: ['https://shop.example/track/0199c1d2e3f47a5b8c6d7e8f90a1b2c3.mmhk2x5c0.token'],
      description:
        'Opens this order to whoever has it, without signing in. It names nobody and does nothing.',
    }),
    madeAt: instantAnswer,
    opensUntil: instantAnswer,
  })
  .meta({ id: 'OrderLink' });
export type OrderLinkAnswer = z.infer<typeof orderLinkAnswer>;

/** `POST /orders/{source}/{number}/links/end` */
export const endedLinksAnswer = z
  .object({
    ...order,
    endedAt: instantAnswer.meta({ description: 'No link that was made until then opens the order.' }),
  })
  .meta({ id: 'EndedOrderLinks' });
export type EndedLinksAnswer = z.infer<typeof endedLinksAnswer>;
