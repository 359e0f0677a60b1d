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
  survey_invitation: ({ questions, incentive }, { business, formats, you }) => ({
    subject: `Як ми справляємося? ${questionsInWords(questions)} від ${business}`,
    heading: you('Можна вас запитати?', 'Можна тебе запитати?'),
    paragraphs: [
      questions === 1
        ? you(
            'Лише одне запитання. Ваша відповідь вплине на те, що ми зробимо далі.',
            'Лише одне запитання. Твоя відповідь вплине на те, що ми зробимо далі.',
          )
        : you(
            `Це займе хвилину: щонайбільше ${questionsInWords(questions)}. Ваші відповіді вплинуть на те, що ми зробимо далі.`,
            `Це займе хвилину: щонайбільше ${questionsInWords(questions)}. Твої відповіді вплинуть на те, що ми зробимо далі.`,
          ),
      ...(incentive === null
        ? []
        : [
            you(
              `На знак подяки нарахуємо вам ${formats.money(incentive)}, хоч би що ви відповіли.`,
              `На знак подяки нарахуємо тобі ${formats.money(incentive)}, хоч би якими були відповіді.`,
            ),
          ]),
    ],
    button: incentive === null ? 'Відповісти' : `Відповісти й отримати ${formats.money(incentive)}`,
    notes: [
      you(
        'Ця кнопка лише для вас, входити не потрібно. Можна зупинитися будь-коли: відповіді збережуться, і ви продовжите пізніше.',
        'Ця кнопка лише для тебе, входити не потрібно. Можна зупинитися будь-коли: відповіді збережуться, і ти продовжиш пізніше.',
      ),
    ],
  }),
};
