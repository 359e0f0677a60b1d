import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { thanksMails } from '../../../functions/people/thanks/letters/kinds.ts';

const reasons = {
  idea_done: 'Ваша ідея здійснилася.',
  idea_thanked: 'Ваша ідея варта подяки.',
  guide_finished: 'Ви прочитали весь путівник і тепер знаєте, де що лежить.',
};

export const thanks: Letters<typeof thanksMails> = {
  staff_thanked: ({ kind, count, words }) => ({
    subject: 'Дякуємо',
    heading: 'Дякуємо',
    paragraphs: [
      kind === 'cases_kept'
        ? `Звернень, закритих вами за місяць у межах стандарту: ${count ?? 0}. Клієнти отримали відповідь тоді, коли ми обіцяли.`
        : reasons[kind],
      ...(words === null ? [] : words.split(/\n{2,}/)),
    ],
    facts: [],
    button: 'Переглянути подяки',
    notes: [],
  }),
};
