import type { Letters } from '../mail-kind.ts';
import type { testimonialMails } from './kinds.ts';

export const uk: Letters<typeof testimonialMails> = {
  testimonial_published: (_params, { business }) => ({
    subject: `Дякуємо: ваші слова вже на сторінці ${business}`,
    heading: 'Дякуємо за добре слово',
    paragraphs: [
      'Те, що ви про нас написали, тепер можуть прочитати всі, під іменем, яке ви обрали.',
      'Для невеликої справи це важить більше за будь-яку рекламу. Справді.',
    ],
    button: 'Переглянути',
    notes: ['Забрати слова назад можна будь-коли в розділі «Ваші слова» кабінету. Вони зникнуть одразу.'],
  }),
  you_said_we_did: ({ text }, { business }) => ({
    subject: `Ви сказали, ми зробили: дещо змінилося в ${business}`,
    heading: 'Ви сказали, ми зробили',
    paragraphs: ['Ви написали нам, що щось не так. Відтоді змінилося ось що:', text.uk ?? text.en ?? ''],
    button: 'Дізнатися, що змінилося',
    notes: ['Дякуємо, що сказали. Якщо це повториться, напишіть: ми розберемося знову.'],
  }),
};
