import { z } from 'zod';
import { invitationText } from '../../../surveys/token.ts';
import { mailKind } from '../mail-kind.ts';
import { amount } from '../shapes.ts';

export const surveyMails = {
  survey_invitation: mailKind({
    topic: 'surveys',
    isSecret: true,
    params: z.object({ invitationId: z.string(), questions: z.number(), incentive: amount.nullable() }),
    link: ({ invitationId }, { sign }) => `/surveys/${sign(invitationText(invitationId))}`,
  }),
};
