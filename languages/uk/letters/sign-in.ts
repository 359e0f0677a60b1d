import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { signInMails } from '../../../functions/people/sign-in/letters/kinds.ts';

const notYou = 'Якщо це були не ви, робити нічого не треба: без коду ніхто не ввійде.';

export const signIn: Letters<typeof signInMails> = {
  sign_in: (_params, { business, code }) => ({
    subject: `${code} — ваш код для входу, ${business}`,
    heading: 'Вхід',
    paragraphs: ['Введіть цей код на сторінці входу або натисніть кнопку.'],
    code,
    button: 'Увійти',
    notes: ['Код і кнопка діють один раз, протягом 10 хвилин.', notYou],
  }),
  email_change: (_params, { business, code }) => ({
    subject: `${code} — код для вашої нової адреси, ${business}`,
    heading: 'Підтвердьте нову адресу',
    paragraphs: ['Введіть цей код у налаштуваннях, і надалі ми писатимемо на цю адресу.'],
    code,
    button: 'Відкрити налаштування',
    notes: ['Код діє один раз, протягом 10 хвилин.', 'Якщо це були не ви, робити нічого не треба.'],
  }),
  email_change_asked: (_params, { business, code }) => ({
    subject: `${business}: хтось хоче змінити вашу адресу`,
    heading: 'Це ви?',
    paragraphs: [
      `З вашого кабінету (${business}) надійшов запит змінити його електронну адресу.`,
      'Якщо це ви, введіть цей код у налаштуваннях разом із кодом, надісланим на нову адресу. Якщо ні, натисніть кнопку: ми зупинимо зміну, а на всіх пристроях доведеться ввійти знову.',
    ],
    code,
    button: 'Зупинити зміну',
    notes: ['Код діє 10 хвилин. Нікому його не повідомляйте. Кнопка діє, доки зміна очікує.'],
  }),
  email_change_waits: ({ dueAt }, { business, formats }) => ({
    subject: `${business}: вашу адресу буде змінено`,
    heading: 'Завтра вашу адресу буде змінено',
    paragraphs: [
      `${formats.moment({ at: dueAt, day: null })} ваш кабінет (${business}) отримає іншу електронну адресу. Зміну підтвердили без коду, який ми надіслали на цю адресу.`,
      'Якщо це ви, робити нічого не треба. Якщо ні, натисніть кнопку: ми зупинимо зміну, а на всіх пристроях доведеться ввійти знову.',
    ],
    button: 'Зупинити зміну',
    notes: ['Ця кнопка зможе скасувати зміну ще 14 днів після неї.'],
  }),
  email_changed_notice: ({ changedAt, changeId }, { business, formats }) => ({
    subject: `${business}: вашу адресу змінено`,
    heading: 'Вашу адресу змінено',
    paragraphs: [
      `${formats.moment({ at: changedAt, day: null })} у вашому кабінеті (${business}) змінено електронну адресу.`,
      'На цю адресу ми більше не пишемо, а на всіх інших пристроях треба ввійти знову.',
    ],
    button: 'Це не я',
    notes: [
      'Якщо це зробили ви, усе гаразд.',
      ...(changeId === undefined ? [] : ['Якщо ні, кнопка поверне кабінет на цю адресу. Вона діє 14 днів.']),
    ],
  }),
  passkey_added: ({ name, device, at }, { business, formats }) => ({
    subject: `${business}: додано ключ доступу`,
    heading: 'Додано ключ доступу',
    paragraphs: [
      `${formats.moment({ at, day: null })} додано ключ доступу «${name}»${device === '' ? '' : ` (${device})`}. Хто має цей ключ, може входити замість вас.`,
    ],
    button: 'Мої ключі доступу',
    notes: [
      'Якщо це зробили ви, усе гаразд.',
      'Якщо ні, увійдіть, вилучіть ключ і вийдіть на всіх інших пристроях. Потім напишіть нам.',
    ],
  }),
  passkey_removed: ({ name, device, at }, { business, formats }) => ({
    subject: `${business}: вилучено ключ доступу`,
    heading: 'Вилучено ключ доступу',
    paragraphs: [
      `${formats.moment({ at, day: null })} вилучено ключ доступу «${name}»${device === '' ? '' : ` (${device})`}. Увійти з ним більше не можна.`,
    ],
    button: 'Мої ключі доступу',
    notes: [
      'Якщо це зробили ви, усе гаразд.',
      'Якщо ні, увійдіть і вийдіть на всіх інших пристроях. Потім напишіть нам.',
    ],
  }),
  email_change_undone: ({ undoneAt }, { business, formats }) => ({
    subject: `${business}: вашу попередню адресу повернено`,
    heading: 'Зміну адреси скасовано',
    paragraphs: [
      `${formats.moment({ at: undoneAt, day: null })} вашому кабінету (${business}) повернено попередню електронну адресу. Про це попросили з попередньої адреси.`,
      'На всіх пристроях треба ввійти знову, з попередньою адресою.',
    ],
    button: 'Написати нам',
    notes: ['Якщо ви нічого про це не знаєте, напишіть нам.'],
  }),
};
