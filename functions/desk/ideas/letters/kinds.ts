import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { ideaStates } from '../schema.ts';

export const ideaMails = {
  /** To whose idea it is. */
  idea_answered: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      ideaId: z.string(),
      title: z.string(),
      state: z.enum(ideaStates),
      words: z.string().nullable(),
    }),
    link: ({ ideaId }) => `/console/ideas/${encodeURIComponent(ideaId)}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof ideaMails> {}
}
