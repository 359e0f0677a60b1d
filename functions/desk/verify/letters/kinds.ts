import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

export const proofMails = {
  /** To owners: what was found first; how much more there is, the page tells. */
  proof_found: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ accounts: z.number(), differences: z.number() }),
    link: () => '/console/proof',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof proofMails> {}
}
