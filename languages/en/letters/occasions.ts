import type { occasionMails } from '../../../functions/care/occasions/letters/kinds.ts';
import type { LetterParams } from '../../../functions/ground/outbox/letter-kind.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

type Told = LetterParams['occasion_wish']['besides'][number];

const yearsWords = (years: number) => (years === 1 ? 'one year' : `${years} years`);

/** What is wished: subject, heading and the first paragraph. */
function wishOf(
  {
    occasion,
    name,
    years,
    isLate,
  }: Omit<Told, 'gift' | 'code' | 'minimum' | 'expiresAt'> & { isLate: boolean },
  business: string,
): [string, string, string] {
  const since = years === null || years < 1 ? null : yearsWords(years);
  const ago = isLate ? 'ago' : 'ago today';
  switch (occasion) {
    case 'birthday':
      return [
        `${business} wishes you a happy birthday`,
        'Happy birthday',
        'All of us wish you a happy birthday and a good year ahead.',
      ];
    case 'joined':
      return [
        `${since ?? 'A year'} with ${business}`.replace(/^o/, 'O'),
        'Thank you for staying with us',
        `You joined us ${since ?? 'a year'} ${ago}. Thank you for every visit since.`,
      ];
    case 'first_order':
      return [
        `${since ?? 'A year'} since your first order`.replace(/^o/, 'O'),
        'It began with one order',
        `Your first order with us was ${since ?? 'a year'} ${ago}. Thank you for coming back.`,
      ];
    case 'own':
      return [
        `${business} wishes you all the best: ${name ?? ''}`,
        name ?? 'All the best',
        since === null
          ? 'You told us that this is a special day for you. We wish you all the best.'
          : `You told us that this is a special day for you, ${since} on. We wish you all the best.`,
      ];
  }
}

/** A day of their own is called what they call it. */
const named = ({ occasion, name }: Told, words: string) =>
  occasion === 'own' && name !== null ? `${name}. ${words}` : words;

/** What is given, as a sentence. */
function giftOf({ gift, code }: Told, formats: Mentions['formats']): string[] {
  if (gift === null) return [];
  return code === ''
    ? [`It comes with ${formats.money(gift)}, already in your account.`]
    : [`It comes with a voucher for ${formats.money(gift)}.`];
}

/** The code of a voucher beside the first, and what goes with it. */
function voucherOf(one: Told, formats: Mentions['formats']): [string, string][] {
  if (one.gift === null || one.code === '') return [];
  return [fact(`Voucher for ${formats.money(one.gift)}`, one.code), ...termsOf(one, formats)];
}

const termsOf = (
  { minimum, expiresAt }: Pick<Told, 'minimum' | 'expiresAt'>,
  formats: Mentions['formats'],
): [string, string][] => [
  ...(minimum === null ? [] : [fact('For purchases of at least', formats.money(minimum))]),
  ...(expiresAt === null ? [] : [fact('Valid until', formats.day(expiresAt - 1))]),
];

export const occasions: Letters<typeof occasionMails> = {
  occasion_wish: (params, { business, formats, voucherCode }) => {
    const { gift, code, isLate, besides } = params;
    const [subject, heading, words] = wishOf(params, business);
    const isVoucher = code !== '';
    const vouchers = [params, ...besides].filter((one) => one.code !== '').length;
    const isOneOfSeveral = isVoucher && vouchers > 1 && voucherCode !== null;
    const kept = besides.flatMap((one) => [
      named(one, wishOf({ ...one, isLate }, business)[2]),
      ...giftOf(one, formats),
    ]);
    return {
      subject,
      heading,
      paragraphs: [
        words,
        ...(isLate ? ['This reaches you a little late, and is meant no less.'] : []),
        ...giftOf(params, formats),
        ...(vouchers > 0 && voucherCode === null
          ? ['The code is shown to those who may spend the balance of this account.']
          : []),
        ...kept,
      ],
      kept,
      ...(isVoucher && voucherCode !== null ? { code: voucherCode } : {}),
      facts: [
        ...(isOneOfSeveral && gift !== null
          ? [fact('The code above', `Voucher for ${formats.money(gift)}`)]
          : []),
        ...termsOf(params, formats),
        ...(voucherCode === null ? [] : besides.flatMap((one) => voucherOf(one, formats))),
      ],
      button:
        gift === null
          ? 'Open my account'
          : vouchers > 1
            ? 'See your vouchers'
            : isVoucher
              ? 'See your voucher'
              : 'See your credit',
      notes: [],
    };
  },
};
