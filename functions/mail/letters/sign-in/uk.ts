import type { Letters } from '../mail-kind.ts';
import type { signInMails } from './kinds.ts';

const notYou = 'Якщо це були не ви, нічого робити не треба: без коду ніхто не увійде.';

export const uk: Letters<typeof signInMails> = {
  sign_in: (_params, { business, code }) => ({
    subject: `${code} — ваш код для входу, ${business}`,
    heading: 'Вхід',
    paragraphs: ['Введіть цей код там, де ви його просили, або натисніть кнопку.'],
    code,
    button: 'Увійти',
    notes: ['Код і кнопка діють один раз, протягом 10 хвилин.', notYou],
  }),
  email_change: (_params, { business, code }) => ({
    subject: `${code} — код для вашої нової адреси, ${business}`,
    heading: 'Підтвердьте нову адресу',
    paragraphs: ['Введіть цей код у налаштуваннях — відтоді ми писатимемо на цю адресу.'],
    code,
    button: 'Відкрити налаштування',
    notes: ['Код діє один раз, протягом 10 хвилин.', 'Якщо це були не ви, нічого робити не треба.'],
  }),
  email_changed_notice: ({ changedAt }, { business, formats }) => ({
    subject: `Вашу адресу змінено, ${business}`,
    heading: 'Вашу адресу змінено',
    paragraphs: [
      `${formats.moment({ at: changedAt, day: null })} у вашому обліковому записі (${business}) змінено електронну адресу.`,
      'На цю адресу ми більше не пишемо, а на всіх інших пристроях виконано вихід.',
    ],
    button: 'Це був не я',
    notes: ['Якщо це зробили ви, усе гаразд.'],
  }),
};
