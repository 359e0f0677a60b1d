import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

export const thanksMails = {
  /** To somebody of the team. */
  staff_thanked: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      kind: z.enum(['cases_kept', 'idea_done', 'idea_thanked', 'guide_finished']),
      count: z.number().nullable(),
      words: z.string().nullable(),
    }),
    link: () => '/console/standards/thanks',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof thanksMails> {}
}
