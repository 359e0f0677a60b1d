import { type Formats, lastDay } from '../../../functions/ground/formats/format.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Amount } from '../../../functions/ground/platform/money.ts';
import type { rewardMails } from '../../../functions/money/rewards/letters/kinds.ts';

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

export const rewards: Letters<typeof rewardMails> = {
  target_reached: ({ ruleName, spend, pays, by, number, balance, expiresAt }, { formats, inLanguage }) => ({
    subject: `Вам повертається ${formats.money(pays)}`,
    heading: `Ви заробили ${formats.money(pays)}`,
    paragraphs: [
      by === 'share'
        ? `Це винагорода за ваші покупки: правило «${inLanguage(ruleName)}».`
        : `Сума ваших покупок досягла порога ${formats.money(spend)}: правило «${inLanguage(ruleName)}».`,
    ],
    facts: [
      ...(number === null ? [] : [fact('Замовлення', number)]),
      ...(balance === null ? [] : [fact('Тепер на рахунку', formats.money(balance))]),
      ...(expiresAt === null ? [] : [fact('Витратьте до', formats.day(expiresAt - 1))]),
    ],
    button: 'Переглянути винагороди',
    notes: ['Гроші вже на вашому рахунку, робити нічого не треба.'],
  }),
  nearly_there: ({ ruleName, missing, pays, until }, { formats, inLanguage }) => ({
    subject: `Ще ${formats.money(missing)} — і вам повернеться ${formats.money(pays)}`,
    heading: `Ще трохи — і вам повернеться ${formats.money(pays)}`,
    paragraphs: [
      `Зробіть покупок іще на ${formats.money(missing)} — і ви досягнете наступного порога та отримаєте ${formats.money(pays)}. Правило: «${inLanguage(ruleName)}».`,
    ],
    facts: until === null ? [] : [fact('Зараховується до', formats.date(lastDay(until)))],
    button: 'Переглянути винагороди',
    notes: ['Замовлення в дорозі вже враховано; повернені товари не рахуються.'],
  }),
  voucher_issued: (
    { ruleName, amount, minimum, expiresAt },
    { business, formats, inLanguage, voucherCode },
  ) => ({
    subject: `${business}: ваш ваучер на ${formats.money(amount)}`,
    heading: `Ваучер на ${formats.money(amount)}`,
    paragraphs: [
      ...(ruleName === null ? [] : [`Це винагорода за ваші покупки: правило «${inLanguage(ruleName)}».`]),
      voucherCode === null
        ? forOthers
        : 'Покажіть цей код на касі або введіть його під час замовлення. Він діє один раз.',
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'Переглянути винагороди' : 'Показати ваучер',
    notes: [],
  }),
  credit_expiring: ({ amount, expiresAt, days }, { formats }) => ({
    subject: `Витратьте ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
    heading: `Витратьте ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
    paragraphs: [
      ...(days > 7 ? [] : ['Залишився тиждень.']),
      `Наприкінці цього дня ця сума на вашому рахунку згорить. Витратьте її на касі або обміняйте на ваучер.`,
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
