import type { Letters } from '../mail-kind.ts';
import type { surveyMails } from './kinds.ts';

export const en: Letters<typeof surveyMails> = {
  survey_invitation: ({ questions, incentive }, { business, formats }) => ({
    subject: `How are we doing? ${questions === 1 ? 'One question' : `${questions} short questions`} from ${business}`,
    heading: 'May we ask you something?',
    paragraphs: [
      questions === 1
        ? 'It is one question, and your answer changes what we do next.'
        : `It takes a minute: ${questions} questions at most. What you say changes what we do next.`,
      ...(incentive === null
        ? []
        : [
            `As a thank-you we put ${formats.money(incentive)} into your account when you have answered, whatever you answer.`,
          ]),
    ],
    button: incentive === null ? 'Answer' : `Answer and get ${formats.money(incentive)}`,
    notes: [
      'The button is yours alone and needs no signing in. Stop at any time: what you answered is kept and you can go on later.',
    ],
  }),
};
