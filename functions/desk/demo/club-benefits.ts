import type { promiseBenefit } from '../../circle/club/benefits/promise-benefit.ts';

export const wrapping = {
  kind: 'other',
  texts: {
    en: { title: 'Gift wrapping, always', body: 'Every parcel of a member wrapped in our printed paper.' },
    uk: {
      title: 'Подарункове пакування завжди',
      body: 'Кожна посилка учасника — у нашому друкованому папері.',
    },
  },
} as const;

export const cupWhileYouWait = {
  kind: 'other',
  texts: {
    en: { title: 'A cup while you wait', body: 'A filter of the day at the counter, on the house.' },
    uk: { title: 'Чашка, поки чекаєте', body: 'Фільтр-кава дня біля стійки, за наш рахунок.' },
  },
} as const;

export const paperGone = {
  en: 'The mill that made our paper has closed, and nothing else is worth your gifts yet.',
  uk: 'Фабрика, що робила наш папір, закрилася, а гідної заміни ми ще не знайшли.',
};

export const benefits: Parameters<typeof promiseBenefit>[1][] = [
  {
    kind: 'drops',
    texts: {
      en: { title: 'First on what is rare', body: 'New harvests and small batches open to members first.' },
      uk: {
        title: 'Право першого вибору',
        body: 'Нові врожаї та малі партії відкриваються спершу для учасників.',
      },
    },
  },
  {
    kind: 'events',
    texts: {
      en: { title: 'Evenings at the roastery', body: 'Four times a year, with a guest of your own.' },
      uk: { title: 'Вечори в обсмажувальні', body: 'Чотири рази на рік, разом із вашим гостем.' },
    },
  },
  {
    kind: 'waived_minimum',
    texts: {
      en: { title: 'Vouchers without a minimum', body: 'Yours count on any order, however small.' },
      uk: {
        title: 'Ваучери без мінімальної суми',
        body: 'Ваші ваучери діють для замовлень на будь-яку суму.',
      },
    },
  },
  {
    kind: 'account_manager',
    texts: {
      en: { title: 'Somebody who knows you', body: 'Call or write to them directly; no queue.' },
      uk: { title: 'Особистий менеджер', body: 'Телефонуйте чи пишіть напряму, без черги.' },
    },
  },
];
