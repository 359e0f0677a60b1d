import type { requestMails } from '../../../functions/care/order-requests/letters/kinds.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Amount } from '../../../functions/ground/platform/money.ts';

interface Goods {
  lines: { name: string; quantity: number; amount: Amount | null }[];
  more: number;
  total: Amount | null;
  ownReference: string | null;
  wishedOn: string | null;
}

function goodsFacts(
  { lines, more, total, ownReference, wishedOn }: Goods,
  { formats }: Pick<Mentions, 'formats'>,
): [label: string, value: string][] {
  return [
    ...lines.map(({ name, quantity, amount }) =>
      fact(
        quantity === 1 ? name : `${formats.number(quantity)} × ${name}`,
        amount === null ? 'ціну повідомимо' : formats.money(amount),
      ),
    ),
    ...(more === 0 ? [] : [fact(`і ще ${more}`, '…')]),
    ...(total === null ? [] : [fact('Разом', formats.money(total))]),
    ...(ownReference === null ? [] : [fact('Власний номер', ownReference)]),
    ...(wishedOn === null ? [] : [fact('Бажаний день доставки', formats.date(wishedOn))]),
  ];
}

export const orderRequests: Letters<typeof requestMails> = {
  order_request_received: ({ reference, kind, number, ...goods }, { business, formats, you }) =>
    kind === 'cancel'
      ? {
          subject: you(
            `Ми отримали ваше прохання скасувати замовлення ${number ?? ''} (${reference})`,
            `Ми отримали твоє прохання скасувати замовлення ${number ?? ''} (${reference})`,
          ),
          heading: 'Прохання скасувати замовлення',
          paragraphs: [
            you(
              `Хтось із команди ${business} перевірить, чи його ще можна зупинити, і напише вам. Доти замовлення триває.`,
              `Хтось із команди ${business} перевірить, чи його ще можна зупинити, і напише тобі. Доти замовлення триває.`,
            ),
          ],
          facts: [['Запит', reference], ...(number === null ? [] : [fact('Замовлення', number)])],
          button: 'Переглянути запит',
          notes: [],
        }
      : {
          subject: you(`Ми отримали ваш запит (${reference})`, `Ми отримали твій запит (${reference})`),
          heading: you('Ми отримали ваш запит', 'Ми отримали твій запит'),
          paragraphs: [
            you(
              `Хтось із команди ${business} його розгляне й напише вам. Замовленням він стане, лише коли його підтвердять.`,
              `Хтось із команди ${business} його розгляне й напише тобі. Замовленням він стане, лише коли його підтвердять.`,
            ),
          ],
          facts: [['Запит', reference], ...goodsFacts(goods, { formats })],
          button: 'Переглянути запит',
          notes: ['Ціни такі, як на сторінці в мить запиту.'],
        },
  order_request_waits: ({ reference, kind, number, ...goods }, { formats }) => ({
    subject:
      kind === 'cancel'
        ? `Клієнт просить скасувати замовлення ${number ?? ''} (${reference})`
        : `Клієнт просить товари (${reference})`,
    heading: kind === 'cancel' ? 'Клієнт просить скасувати замовлення' : 'Клієнт просить товари',
    paragraphs: ['Хто це і що написав — на сторінці запиту.'],
    facts: [
      ['Запит', reference],
      ...(number === null ? [] : [fact(kind === 'cancel' ? 'Замовлення' : 'Як у замовленні', number)]),
      ...goodsFacts(goods, { formats }),
    ],
    button: 'Відповісти',
    notes: ['Це ще не замовлення: його вносять як зазвичай, і тоді воно прив’язується до запиту.'],
  }),
  order_request_decided: ({ reference, kind, number, outcome, text, made }, { you }) => {
    const said = text === null ? [] : text.split(/\n{2,}/);
    const facts: [label: string, value: string][] = [
      ['Запит', reference],
      ...(made === null ? [] : [fact('Замовлення', made)]),
      ...(made !== null || number === null || kind !== 'cancel' ? [] : [fact('Замовлення', number)]),
    ];
    const rest = { facts, button: 'Переглянути запит', notes: [] };
    if (kind === 'cancel')
      return outcome === 'answered'
        ? {
            subject: you(
              `Замовлення ${number ?? ''} скасовано, як ви просили (${reference})`,
              `Замовлення ${number ?? ''} скасовано на твоє прохання (${reference})`,
            ),
            heading: you('Ваше замовлення скасовано', 'Твоє замовлення скасовано'),
            paragraphs: said,
            ...rest,
          }
        : {
            subject: `Замовлення ${number ?? ''} скасувати не вдалося (${reference})`,
            heading: you('Ми не змогли скасувати ваше замовлення', 'Ми не змогли скасувати твоє замовлення'),
            paragraphs: said,
            ...rest,
          };
    if (outcome === 'declined')
      return {
        subject: you(
          `На жаль, ми не можемо виконати ваш запит (${reference})`,
          `На жаль, ми не можемо виконати твій запит (${reference})`,
        ),
        heading: 'На жаль, це неможливо',
        paragraphs: said,
        ...rest,
      };
    return made === null
      ? {
          subject: you(
            `Наша відповідь на ваш запит (${reference})`,
            `Наша відповідь на твій запит (${reference})`,
          ),
          heading: you('Наша відповідь на ваш запит', 'Наша відповідь на твій запит'),
          paragraphs: said,
          ...rest,
        }
      : {
          subject: you(
            `Ваш запит став замовленням ${made} (${reference})`,
            `Твій запит став замовленням ${made} (${reference})`,
          ),
          heading: you('Ваш запит став замовленням', 'Твій запит став замовленням'),
          paragraphs: said,
          ...rest,
        };
  },
};
