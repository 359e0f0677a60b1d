import { fact, type Letters, type You } from '../../../functions/ground/outbox/letter-kind.ts';
import type { orderMails } from '../../../functions/money/orders/letters/kinds.ts';
import type { OrderStatus } from '../../../functions/money/orders/statuses.ts';

const states = (you: You): Record<OrderStatus, string> => ({
  placed: you('Ми отримали ваше замовлення', 'Ми отримали твоє замовлення'),
  confirmed: you('Ваше замовлення підтверджено', 'Твоє замовлення підтверджено'),
  packed: you('Ваше замовлення спаковано', 'Твоє замовлення спаковано'),
  shipped: you('Ваше замовлення в дорозі', 'Твоє замовлення в дорозі'),
  out_for_delivery: you('Ваше замовлення вже в кур’єра', 'Твоє замовлення вже в кур’єра'),
  delivered: you('Ваше замовлення доставлено', 'Твоє замовлення доставлено'),
  ready_for_pickup: you('Ваше замовлення можна забирати', 'Твоє замовлення можна забирати'),
  delivery_failed: you('Не вдалося доставити ваше замовлення', 'Не вдалося доставити твоє замовлення'),
  delayed: you('Ваше замовлення затримується', 'Твоє замовлення затримується'),
  on_hold: you('Ваше замовлення призупинено', 'Твоє замовлення призупинено'),
  released: you('Ми знову опрацьовуємо ваше замовлення', 'Ми знову опрацьовуємо твоє замовлення'),
  cancelled: you('Ваше замовлення скасовано', 'Твоє замовлення скасовано'),
  return_requested: you('Ми отримали ваш запит на повернення', 'Ми отримали твій запит на повернення'),
  return_approved: you('Ваше повернення погоджено', 'Твоє повернення погоджено'),
  return_refused: 'Ми не можемо прийняти повернення',
  returned: you('Ми отримали ваше повернення', 'Ми отримали твоє повернення'),
  partly_refunded: 'Частину коштів за замовлення повернено',
  refunded: 'Кошти за замовлення повернено',
});

export const orders: Letters<typeof orderMails> = {
  order_placed: ({ number, placedAt, total, promisedBy, lines, more }, { business, formats, you }) => ({
    subject: you(`${business}: ваше замовлення ${number}`, `${business}: твоє замовлення ${number}`),
    heading: 'Дякуємо за замовлення',
    paragraphs: ['На сторінці замовлення видно, де воно зараз і скільки за нього повернеться.'],
    facts: [
      ['Замовлення', number],
      ['Оформлено', formats.moment(placedAt)],
      ...lines.map(({ name, quantity, amount }) =>
        fact(quantity === 1 ? name : `${formats.number(quantity)} × ${name}`, formats.money(amount)),
      ),
      ...(more === 0 ? [] : [fact(`і ще ${more}`, '…')]),
      ['Сума', formats.money(total)],
      ...(promisedBy === null ? [] : [fact('Обіцяно до', formats.date(promisedBy))]),
    ],
    button: 'Переглянути замовлення',
    notes: [],
  }),
  order_state: ({ number, status, at, carrier, trackingNumber }, { formats, you }) => ({
    subject: `${states(you)[status]} (${number})`,
    heading: states(you)[status],
    paragraphs: [],
    facts: [
      ['Замовлення', number],
      ['Коли', formats.moment(at)],
      ...(carrier === null ? [] : [fact('Перевізник', carrier)]),
      ...(trackingNumber === null ? [] : [fact('Номер відстеження', trackingNumber)]),
    ],
    button: 'Переглянути замовлення',
    notes: [],
  }),
};
