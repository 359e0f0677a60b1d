import { type Formats, lastDay } from '../../../../src/format.ts';
import type { Amount } from '../../../portal/types.ts';
import { fact, type Letters } from '../mail-kind.ts';
import type { rewardMails } from './kinds.ts';

const forOthers = 'Код бачать ті, хто може витрачати кошти цього рахунку.';

function voucherFacts(
  { minimum, expiresAt }: { minimum: Amount | null; expiresAt: number | null },
  formats: Formats,
): [string, string][] {
  return [
    ...(minimum === null ? [] : [fact('Для покупки від', formats.money(minimum))]),
    ...(expiresAt === null ? [] : [fact('Дійсний до', formats.day(expiresAt - 1))]),
  ];
}

export const uk: Letters<typeof rewardMails> = {
  target_reached: ({ ruleName, spend, pays, by, number, balance, expiresAt }, { formats }) => ({
    subject: `Вам повертається ${formats.money(pays)}`,
    heading: `Ви заробили ${formats.money(pays)}`,
    paragraphs: [
      by === 'share'
        ? `Ці кошти принесли вам покупки за правилом «${ruleName}».`
        : `Сума ваших покупок сягнула ${formats.money(spend)} — це поріг за правилом «${ruleName}».`,
    ],
    facts: [
      ...(number === null ? [] : [fact('Замовлення', number)]),
      ...(balance === null ? [] : [fact('Тепер на рахунку', formats.money(balance))]),
      ...(expiresAt === null ? [] : [fact('Скористайтеся до', formats.day(expiresAt - 1))]),
    ],
    button: 'Переглянути винагороди',
    notes: ['Кошти вже на вашому рахунку, робити нічого не треба.'],
  }),
  nearly_there: ({ ruleName, missing, pays, until }, { formats }) => ({
    subject: `Ще ${formats.money(missing)} — і вам повернеться ${formats.money(pays)}`,
    heading: `Майже дійшли: ${formats.money(pays)} для вас`,
    paragraphs: [
      `Ще ${formats.money(missing)} покупок — і ви дійдете до наступного порога за правилом «${ruleName}» та отримаєте ${formats.money(pays)}.`,
    ],
    facts: until === null ? [] : [fact('Зараховується до', formats.date(lastDay(until)))],
    button: 'Переглянути винагороди',
    notes: ['Замовлення, що ще в дорозі, вже враховано; повернене не рахується.'],
  }),
  voucher_issued: ({ ruleName, amount, minimum, expiresAt }, { business, formats, voucherCode }) => ({
    subject: `${business}: ваш ваучер на ${formats.money(amount)}`,
    heading: `Ваучер на ${formats.money(amount)}`,
    paragraphs: [
      ...(ruleName === null ? [] : [`Його принесли вам покупки за правилом «${ruleName}».`]),
      voucherCode === null
        ? forOthers
        : 'Покажіть цей код на касі або введіть його, коли замовлятимете. Він діє один раз.',
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'Переглянути винагороди' : 'Показати ваучер',
    notes: [],
  }),
  credit_expiring: ({ amount, expiresAt, days }, { formats }) => ({
    subject: `${formats.money(amount)} на вашому рахунку діють до ${formats.day(expiresAt - 1)}`,
    heading: `Скористайтеся ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
    paragraphs: [
      ...(days > 7 ? [] : ['Залишився тиждень.']),
      `Наприкінці цього дня ${formats.money(amount)} із вашого рахунку згорять. Витратьте їх на касі або перетворіть на ваучер.`,
    ],
    button: 'Переглянути винагороди',
    notes: [],
  }),
  voucher_expiring: ({ amount, minimum, expiresAt, days }, { formats, voucherCode }) => ({
    subject: `Ваш ваучер на ${formats.money(amount)} діє до ${formats.day(expiresAt - 1)}`,
    heading: `Скористайтеся ваучером до ${formats.day(expiresAt - 1)}`,
    paragraphs: [
      days > 7
        ? `Ви ще не скористалися ваучером на ${formats.money(amount)}.`
        : `Залишився тиждень, а ви ще не скористалися ваучером на ${formats.money(amount)}.`,
      ...(voucherCode === null ? [forOthers] : []),
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'Переглянути винагороди' : 'Показати ваучер',
    notes: [],
  }),
};
