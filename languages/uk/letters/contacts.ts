import type { contactMailKinds } from '../../../functions/care/contacts/letters/kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const contacts: Letters<typeof contactMailKinds> = {
  tasks_due: ({ day, due, overdue }, { formats }) => ({
    subject: `Справи на сьогодні: ${formats.number(due)}`,
    heading: 'Що треба зробити для клієнтів',
    paragraphs: [
      'Ваші справи і ті, що може зробити будь-хто, — на сторінці «Мій день»; спочатку прострочені.',
    ],
    facts: [
      ['День', formats.date(day)],
      ['Справи', formats.number(due)],
      ...(overdue === 0 ? [] : [fact('Прострочені', formats.number(overdue))]),
    ],
    button: 'Відкрити мій день',
    notes: ['Цей лист і його час ви обрали внизу сторінки «Мій день», там його можна й вимкнути.'],
  }),
};
