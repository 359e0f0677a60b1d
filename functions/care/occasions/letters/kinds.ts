import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';
import { type OccasionKind, occasionKinds } from '../occasion-day.ts';

/** An occasion as a mail tells it, with what is given for it. */
const told = z.object({
  occasion: z.enum(occasionKinds),
  /** What a day of their own is called. */
  name: z.string().nullable(),
  /** How often it has come round; null where nobody knows. */
  years: z.number().nullable(),
  gift: amount.nullable(),
  /** Of a gift that is a voucher; empty for credit and none. */
  code: z.string(),
  minimum: amount.nullable(),
  expiresAt: z.number().nullable(),
});
export type ToldOccasion = z.output<typeof told>;

export const occasionMails = {
  occasion_wish: mailKind({
    topic: 'occasions',
    urgency: 'bulk',
    isUnasked: true,
    isPersonal: true,
    params: told.extend({
      isLate: z.boolean(),
      /** Others of the same day. Mails of earlier releases have none. */
      besides: z.array(told).default([]),
      rootId: z.string(),
    }),
    link: ({ gift }) => (gift === null ? '/account' : '/account/rewards'),
    own: {
      samples: (sum) => {
        const plain = {
          ...{ name: null, years: null, isLate: false, code: '', minimum: null, expiresAt: null },
          besides: [],
        };
        const one = (occasion: OccasionKind) => ({ ...plain, occasion, gift: sum(500n), rootId: '' });
        return {
          birthday: one('birthday'),
          joined: { ...one('joined'), years: 3 },
          first_order: { ...one('first_order'), years: 3 },
          own: { ...one('own'), name: 'The day we opened', years: 10 },
        };
      },
      caseOf: ({ occasion }) => occasion,
      values: ({ name, years, gift }, { formats }) => ({
        day: name,
        years: years === null || years === 0 ? null : String(years),
        amount: gift === null ? null : formats.money(gift),
      }),
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof occasionMails> {}
}
