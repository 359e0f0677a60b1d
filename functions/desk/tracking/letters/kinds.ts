import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

export const trackingMails = {
  /** By which somebody who has not joined sees one order. It names no order: anybody may ask for any. */
  order_code: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ challengeId: z.string() }),
    link: ({ challengeId }) => `/track/code?id=${encodeURIComponent(challengeId)}`,
    own: {
      samples: () => ({ standard: { challengeId: '0' } }),
      values: (_params, { code }) => ({ code }),
      required: ['code'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof trackingMails> {}
}
