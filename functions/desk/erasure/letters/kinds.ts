import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { wordsChoice } from '../terms.ts';

export const erasureMails = {
  erasure_code: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ challengeId: z.string() }),
    link: () => '/account/erase',
  }),
  /** With the link that stops it. */
  erasure_asked: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ changeId: z.string(), dueAt: z.number() }),
    link: (_params, { token }) => `/sign-in/keep?token=${encodeURIComponent(token)}`,
  }),
  /** The last mail to somebody, whose address nobody keeps once it was sent. */
  erased: mailKind({
    topic: 'service',
    urgency: 'now',
    params: z.object({ at: z.number(), words: wordsChoice }),
    link: () => '/',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof erasureMails> {}
}
