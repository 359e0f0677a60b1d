import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount, amount } from '../../../ground/outbox/shapes.ts';
import { invitationText } from '../token.ts';

export const surveyMails = {
  survey_invitation: mailKind({
    topic: 'surveys',
    urgency: 'bulk',
    isUnasked: true,
    isPersonal: true,
    isSecret: true,
    params: z.object({
      ...{ invitationId: z.string(), questions: z.number(), incentive: amount.nullable() },
      ...aboutAccount,
    }),
    link: ({ invitationId }, { sign }) => `/surveys/${sign(invitationText(invitationId))}`,
    own: {
      samples: (sum) => {
        const one = { invitationId: '0', incentive: sum(200n) };
        return { one: { ...one, questions: 1 }, several: { ...one, questions: 3 } };
      },
      caseOf: ({ questions }) => (questions === 1 ? 'one' : 'several'),
      values: ({ questions, incentive }, { formats }) => ({
        ...(questions === 1 ? {} : { number: String(questions) }),
        amount: incentive === null ? null : formats.money(incentive),
      }),
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof surveyMails> {}
}
