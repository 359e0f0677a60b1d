import type { occasionMails } from '../../../functions/care/occasions/letters/kinds.ts';
import type { LetterParams } from '../../../functions/ground/outbox/letter-kind.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

type Told = LetterParams['occasion_wish']['besides'][number];

const plural = new Intl.PluralRules('uk');

function yearsWords(years: number): string {
  if (years === 1) return 'рік';
  const form = plural.select(years);
  return `${years} ${form === 'one' ? 'рік' : form === 'few' ? 'роки' : 'років'}`;
}

/** What is wished: subject, heading and the first paragraph. */
function wishOf(
  {
    occasion,
    name,
    years,
    isLate,
  }: Omit<Told, 'gift' | 'code' | 'minimum' | 'expiresAt'> & { isLate: boolean },
  { business, you }: Pick<Mentions, 'business' | 'you'>,
): [string, string, string] {
  const since = years === null || years < 1 ? null : yearsWords(years);
  const past = since === null || years === 1 ? 'Минув рік' : `Минуло ${since}`;
  const passed = isLate ? past : `Сьогодні минає ${since ?? 'рік'}`;
  switch (occasion) {
    case 'birthday':
      return [
        you(`${business} вітає вас із днем народження`, `${business} вітає тебе з днем народження`),
        'З днем народження!',
        you(
          'Уся наша команда вітає вас із днем народження і зичить доброго року попереду.',
          'Уся наша команда вітає тебе з днем народження і зичить доброго року попереду.',
        ),
      ];
    case 'joined':
      return [
        you(`${business}: ви з нами вже ${since ?? 'рік'}`, `${business}: ти з нами вже ${since ?? 'рік'}`),
        you('Дякуємо, що ви з нами', 'Дякуємо, що ти з нами'),
        you(
          `${passed}, відколи ви з нами. Дякуємо за кожну зустріч.`,
          `${passed}, відколи ти з нами. Дякуємо за кожну зустріч.`,
        ),
      ];
    case 'first_order':
      return [
        you(
          `${business}: ${since ?? 'рік'} від вашого першого замовлення`,
          `${business}: ${since ?? 'рік'} від твого першого замовлення`,
        ),
        'Усе почалося з одного замовлення',
        you(
          `${passed} від вашого першого замовлення в нас. Дякуємо, що повертаєтеся.`,
          `${passed} від твого першого замовлення в нас. Дякуємо, що повертаєшся.`,
        ),
      ];
    case 'own':
      return [
        you(`${business} вітає вас: ${name ?? ''}`, `${business} вітає тебе: ${name ?? ''}`),
        name ?? 'Вітаємо!',
        since === null
          ? you(
              'Ви розповіли нам, що це особливий для вас день. Зичимо вам усього найкращого.',
              'За твоїми словами, це особливий для тебе день. Зичимо тобі всього найкращого.',
            )
          : you(
              `Ви розповіли нам, що це особливий для вас день. Минає ${since}. Зичимо вам усього найкращого.`,
              `За твоїми словами, це особливий для тебе день. Минає ${since}. Зичимо тобі всього найкращого.`,
            ),
      ];
  }
}

/** A day of their own is called what they call it. */
const named = ({ occasion, name }: Told, words: string) =>
  occasion === 'own' && name !== null ? `${name}. ${words}` : words;

/** What is given, as a sentence. */
function giftOf({ gift, code }: Told, { formats, you }: Pick<Mentions, 'formats' | 'you'>): string[] {
  if (gift === null) return [];
  return code === ''
    ? [
        you(
          `Наш подарунок — ${formats.money(gift)}: кошти вже на вашому рахунку.`,
          `Наш подарунок — ${formats.money(gift)}: кошти вже на твоєму рахунку.`,
        ),
      ]
    : [`Наш подарунок — ваучер на ${formats.money(gift)}.`];
}

/** The code of a voucher beside the first, and what goes with it. */
function voucherOf(one: Told, formats: Mentions['formats']): [string, string][] {
  if (one.gift === null || one.code === '') return [];
  return [fact(`Ваучер на ${formats.money(one.gift)}`, one.code), ...termsOf(one, formats)];
}

const termsOf = (
  { minimum, expiresAt }: Pick<Told, 'minimum' | 'expiresAt'>,
  formats: Mentions['formats'],
): [string, string][] => [
  ...(minimum === null ? [] : [fact('Для покупки від', formats.money(minimum))]),
  ...(expiresAt === null ? [] : [fact('Дійсний до', formats.day(expiresAt - 1))]),
];

export const occasions: Letters<typeof occasionMails> = {
  occasion_wish: (params, { business, formats, voucherCode, you }) => {
    const { gift, code, isLate, besides } = params;
    const [subject, heading, words] = wishOf(params, { business, you });
    const isVoucher = code !== '';
    const vouchers = [params, ...besides].filter((one) => one.code !== '').length;
    const isOneOfSeveral = isVoucher && vouchers > 1 && voucherCode !== null;
    const kept = besides.flatMap((one) => [
      named(one, wishOf({ ...one, isLate }, { business, you })[2]),
      ...giftOf(one, { formats, you }),
    ]);
    return {
      subject,
      heading,
      paragraphs: [
        words,
        ...(isLate ? ['Вітаємо трохи запізно, але так само щиро.'] : []),
        ...giftOf(params, { formats, you }),
        ...(vouchers > 0 && voucherCode === null
          ? ['Код бачать ті, хто може витрачати кошти цього рахунку.']
          : []),
        ...kept,
      ],
      kept,
      ...(isVoucher && voucherCode !== null ? { code: voucherCode } : {}),
      facts: [
        ...(isOneOfSeveral && gift !== null ? [fact('Код вище', `Ваучер на ${formats.money(gift)}`)] : []),
        ...termsOf(params, formats),
        ...(voucherCode === null ? [] : besides.flatMap((one) => voucherOf(one, formats))),
      ],
      button:
        gift === null
          ? 'Відкрити мій рахунок'
          : vouchers > 1
            ? 'Переглянути ваучери'
            : isVoucher
              ? 'Переглянути ваучер'
              : 'Переглянути кошти',
      notes: [],
    };
  },
};
