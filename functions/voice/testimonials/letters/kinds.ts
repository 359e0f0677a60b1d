import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount } from '../../../ground/outbox/shapes.ts';

const threadOf = (reference: string) => `/account/feedback/${encodeURIComponent(reference)}`;

export const testimonialMails = {
  testimonial_published: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ testimonialId: z.string(), ...aboutAccount }),
    link: () => '/voices',
    own: { samples: () => ({ standard: { testimonialId: '0' } }) },
  }),
  /** `text` is what was changed, by language; `reference` is what they said, of a change that is shown to nobody else. */
  you_said_we_did: mailKind({
    topic: 'feedback',
    urgency: 'bulk',
    isPersonal: true,
    params: z.object({
      ...{ reference: z.string().optional(), text: z.record(z.string(), z.string()) },
      ...aboutAccount,
    }),
    link: (told) => (told.reference === undefined ? '/changes' : threadOf(told.reference)),
    own: {
      samples: () => ({ standard: { text: { en: 'Parcels now leave on the same day.' } } }),
      values: ({ text }, { inLanguage }) => ({ text: inLanguage(text) }),
      required: ['text'],
    },
  }),
  /** `text` is why nothing changes, by language. */
  you_said_we_decided: mailKind({
    topic: 'feedback',
    urgency: 'bulk',
    isPersonal: true,
    params: z.object({ reference: z.string(), text: z.record(z.string(), z.string()), ...aboutAccount }),
    link: ({ reference }) => threadOf(reference),
    own: {
      samples: () => ({ standard: { reference: 'K7QX-M2PD', text: { en: 'We roast on Mondays.' } } }),
      values: ({ reference, text }, { inLanguage }) => ({ reference, text: inLanguage(text) }),
      required: ['text'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof testimonialMails> {}
}
