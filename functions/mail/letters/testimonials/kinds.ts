import { z } from 'zod';
import { mailKind } from '../mail-kind.ts';

export const testimonialMails = {
  testimonial_published: mailKind({
    topic: 'service',
    params: z.object({ testimonialId: z.string() }),
    link: () => '/voices',
  }),
  /** `text` is what was changed, by language. */
  you_said_we_did: mailKind({
    topic: 'feedback',
    params: z.object({ text: z.record(z.string(), z.string()) }),
    link: () => '/changes',
  }),
  /** `text` is why nothing changes, by language. */
  you_said_we_decided: mailKind({
    topic: 'feedback',
    params: z.object({ reference: z.string(), text: z.record(z.string(), z.string()) }),
    link: ({ reference }) => `/account/feedback/${encodeURIComponent(reference)}`,
  }),
};
