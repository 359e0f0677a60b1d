import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

export const contactMailKinds = {
  /** To one of the staff who wishes it: how much is due; for whom, the page tells. */
  tasks_due: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ day: z.string(), due: z.number(), overdue: z.number() }),
    link: () => '/console/contacts/day',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof contactMailKinds> {}
}
