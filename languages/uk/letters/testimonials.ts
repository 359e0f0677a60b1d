import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { testimonialMails } from '../../../functions/voice/testimonials/letters/kinds.ts';

export const testimonials: Letters<typeof testimonialMails> = {
  testimonial_published: (_params, { business }) => ({
    subject: `${business}: ваш відгук опубліковано`,
    heading: 'Дякуємо за відгук',
    paragraphs: [
      'Тепер його можуть прочитати всі, під підписом, який ви обрали.',
      'Для нас це важить більше за будь-яку рекламу.',
    ],
    button: 'Переглянути відгук',
    notes: ['Прибрати його можна будь-коли в розділі «Ваш відгук» вашого кабінету. Він зникне одразу.'],
  }),
  you_said_we_did: ({ text }, { business, inLanguage }) => ({
    subject: `${business}: ви сказали, ми зробили`,
    heading: 'Ви сказали, ми зробили',
    paragraphs: ['Ви написали нам, що щось не так. Ось що ми змінили:', inLanguage(text)],
    button: 'Дізнатися, що змінилося',
    notes: ['Дякуємо, що повідомили. Якщо це повториться, напишіть нам ще раз.'],
  }),
  you_said_we_decided: ({ reference, text }, { business, inLanguage }) => ({
    subject: `${business}: що ми вирішили щодо вашого звернення (${reference})`,
    heading: 'Що ми вирішили',
    paragraphs: [
      'Дякуємо, що написали. Ми уважно все розглянули й вирішили залишити, як є. Ось чому:',
      inLanguage(text),
    ],
    facts: [['Номер', reference]],
    button: 'Переглянути звернення',
    notes: ['Якщо ви іншої думки, напишіть на сторінці звернення: ми прочитаємо.'],
  }),
};
