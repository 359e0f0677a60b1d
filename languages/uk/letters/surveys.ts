import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { surveyMails } from '../../../functions/voice/surveys/letters/kinds.ts';

const plural = new Intl.PluralRules('uk');

function questionsInWords(count: number): string {
  const form = plural.select(count);
  if (form === 'one') return `${count} коротке запитання`;
  if (form === 'few') return `${count} короткі запитання`;
  return `${count} коротких запитань`;
}

export const surveys: Letters<typeof surveyMails> = {
  survey_invitation: ({ questions, incentive }, { business, formats }) => ({
    subject: `Як ми справляємося? ${questionsInWords(questions)} від ${business}`,
    heading: 'Можна вас запитати?',
    paragraphs: [
      questions === 1
        ? 'Лише одне запитання. Ваша відповідь вплине на те, що ми зробимо далі.'
        : `Це займе хвилину: щонайбільше ${questionsInWords(questions)}. Ваші відповіді вплинуть на те, що ми зробимо далі.`,
      ...(incentive === null
        ? []
        : [`На знак подяки нарахуємо вам ${formats.money(incentive)}, хоч би що ви відповіли.`]),
    ],
    button: incentive === null ? 'Відповісти' : `Відповісти й отримати ${formats.money(incentive)}`,
    notes: [
      'Ця кнопка лише для вас, входити не потрібно. Можна зупинитися будь-коли: відповіді збережуться, і ви продовжите пізніше.',
    ],
  }),
};
