import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { orderMails } from '../../../functions/money/orders/letters/kinds.ts';
import type { OrderStatus } from '../../../functions/money/orders/statuses.ts';

const states: Record<OrderStatus, string> = {
  placed: 'Ми отримали ваше замовлення',
  confirmed: 'Ваше замовлення підтверджено',
  packed: 'Ваше замовлення спаковано',
  shipped: 'Ваше замовлення в дорозі',
  out_for_delivery: 'Ваше замовлення вже в кур’єра',
  delivered: 'Ваше замовлення доставлено',
  ready_for_pickup: 'Ваше замовлення можна забирати',
  delivery_failed: 'Не вдалося доставити ваше замовлення',
  delayed: 'Ваше замовлення затримується',
  on_hold: 'Ваше замовлення призупинено',
  released: 'Ми знову опрацьовуємо ваше замовлення',
  cancelled: 'Ваше замовлення скасовано',
  return_requested: 'Ми отримали ваш запит на повернення',
  return_approved: 'Ваше повернення погоджено',
  return_refused: 'Ми не можемо прийняти повернення',
  returned: 'Ми отримали ваше повернення',
  partly_refunded: 'Частину коштів за замовлення повернено',
  refunded: 'Кошти за замовлення повернено',
};

export const orders: Letters<typeof orderMails> = {
  order_placed: ({ number, placedAt, total, promisedBy, lines, more }, { business, formats }) => ({
    subject: `${business}: ваше замовлення ${number}`,
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
  order_state: ({ number, status, at, carrier, trackingNumber }, { formats }) => ({
    subject: `${states[status]} (${number})`,
    heading: states[status],
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
