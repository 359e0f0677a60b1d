import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

export const testimonialMails = {
  testimonial_published: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ testimonialId: z.string() }),
    link: () => '/voices',
  }),
  /** `text` is what was changed, by language. */
  you_said_we_did: mailKind({
    topic: 'feedback',
    urgency: 'bulk',
    params: z.object({ text: z.record(z.string(), z.string()) }),
    link: () => '/changes',
  }),
  /** `text` is why nothing changes, by language. */
  you_said_we_decided: mailKind({
    topic: 'feedback',
    urgency: 'bulk',
    params: z.object({ reference: z.string(), text: z.record(z.string(), z.string()) }),
    link: ({ reference }) => `/account/feedback/${encodeURIComponent(reference)}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof testimonialMails> {}
}
