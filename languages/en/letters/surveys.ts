import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { surveyMails } from '../../../functions/voice/surveys/letters/kinds.ts';

export const surveys: Letters<typeof surveyMails> = {
  survey_invitation: ({ questions, incentive }, { business, formats }) => ({
    subject: `How are we doing? ${questions === 1 ? 'One question' : `${questions} short questions`} from ${business}`,
    heading: 'May we ask you something?',
    paragraphs: [
      questions === 1
        ? 'It is just one question, and your answer helps us improve.'
        : `It takes about a minute: up to ${questions} questions. Your answers help us improve.`,
      ...(incentive === null
        ? []
        : [
            `As a thank-you, we put ${formats.money(incentive)} into your account when you finish, whatever you answer.`,
          ]),
    ],
    button: incentive === null ? 'Answer' : `Answer and get ${formats.money(incentive)}`,
    notes: [
      'This link is only for you, and you do not need to sign in. You can stop any time and continue later.',
    ],
  }),
};
