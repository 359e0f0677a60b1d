import type { trackingMails } from '../../../functions/desk/tracking/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const tracking: Letters<typeof trackingMails> = {
  order_code: (_params, { business, code, you }) => ({
    subject: you(
      `${code} — ваш код, щоб побачити замовлення, ${business}`,
      `${code} — твій код, щоб побачити замовлення, ${business}`,
    ),
    heading: you('Ваше замовлення', 'Твоє замовлення'),
    paragraphs: [
      you(
        'Введіть цей код на сторінці, де ви просили показати замовлення.',
        'Введи цей код на сторінці, де є прохання показати замовлення.',
      ),
    ],
    code,
    button: 'Відкрити сторінку',
    notes: [
      you(
        'Код діє один раз, протягом 10 хвилин, у тому браузері, де ви його просили.',
        'Код діє один раз, протягом 10 хвилин, у тому браузері, з якого надійшло прохання.',
      ),
      you(
        'Якщо ви про це не просили, робити нічого не треба: без коду ніхто не побачить замовлення.',
        'Якщо прохання не твоє, робити нічого не треба: без коду ніхто не побачить замовлення.',
      ),
    ],
  }),
};
