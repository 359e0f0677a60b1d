import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';
import { invitationText } from '../token.ts';

export const surveyMails = {
  survey_invitation: mailKind({
    topic: 'surveys',
    urgency: 'bulk',
    isSecret: true,
    params: z.object({ invitationId: z.string(), questions: z.number(), incentive: amount.nullable() }),
    link: ({ invitationId }, { sign }) => `/surveys/${sign(invitationText(invitationId))}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof surveyMails> {}
}
