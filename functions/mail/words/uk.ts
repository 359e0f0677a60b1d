import type { MailParams } from '../templates.ts';
import type { Words } from './words.ts';

const notYou = 'Якщо це були не ви, нічого робити не треба: без коду ніхто не увійде.';

const states: Record<MailParams['order_state']['status'], string> = {
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
  released: 'Ваше замовлення знову в роботі',
  cancelled: 'Ваше замовлення скасовано',
  return_requested: 'Ми отримали ваш запит на повернення',
  return_approved: 'Ваше повернення погоджено',
  return_refused: 'Ми не змогли прийняти повернення',
  returned: 'Ваше повернення надійшло',
  partly_refunded: 'Частину коштів за замовлення повернено',
  refunded: 'Кошти за замовлення повернено',
};

const rolesInWords: Record<MailParams['staff_invitation']['role'], string> = {
  owner: 'власник',
  manager: 'менеджер',
  agent: 'консультант',
  analyst: 'аналітик',
};

export const uk: Words = {
  greeting: (name) => (name === null ? 'Вітаємо!' : `Вітаємо, ${name}!`),
  reason: (business) => `Цього листа вам надсилає ${business}.`,
  letters: {
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
    staff_invitation: ({ role }, { business }) => ({
      subject: `Ваш доступ: ${business}`,
      heading: `${business}: вітаємо в команді`,
      paragraphs: [`Вас додано до команди. Ваша роль — ${rolesInWords[role]}. Натисніть кнопку, щоб увійти.`],
      button: 'Увійти',
      notes: ['Кнопка діє один раз, протягом 24 годин.'],
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
    order_placed: ({ number, placedAt, total, promisedBy }, { business, formats }) => ({
      subject: `Ваше замовлення ${number}, ${business}`,
      heading: 'Дякуємо за замовлення',
      paragraphs: ['Ви будь-коли можете стежити за ним і бачити, що воно вам приносить.'],
      facts: [
        ['Замовлення', number],
        ['Оформлено', formats.moment(placedAt)],
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
        ['Відколи', formats.moment(at)],
        ...(carrier === null ? [] : [fact('Перевізник', carrier)]),
        ...(trackingNumber === null ? [] : [fact('Номер відстеження', trackingNumber)]),
      ],
      button: 'Переглянути замовлення',
      notes: [],
    }),
    target_reached: ({ ruleName, spend, pays }, { formats }) => ({
      subject: `Вам повертається ${formats.money(pays)}`,
      heading: `Ви заробили ${formats.money(pays)}`,
      paragraphs: [`Ваші покупки на ${formats.money(spend)} досягли цілі програми «${ruleName}».`],
      button: 'Переглянути винагороди',
      notes: ['Нічого робити не треба: кошти вже на вашому рахунку.'],
    }),
    voucher_issued: ({ code, amount, minimum, expiresAt }, { business, formats }) => ({
      subject: `Ваш ваучер на ${formats.money(amount)}, ${business}`,
      heading: `Ваучер на ${formats.money(amount)}`,
      paragraphs: ['Покажіть або введіть цей код під час наступної покупки. Він діє один раз.'],
      code,
      facts: [
        ...(minimum === null ? [] : [fact('Для покупки від', formats.money(minimum))]),
        ...(expiresAt === null ? [] : [fact('Дійсний до', formats.day(expiresAt - 1))]),
      ],
      button: 'Переглянути ваучери',
      notes: [],
    }),
  },
};

function fact(label: string, value: string): [string, string] {
  return [label, value];
}
