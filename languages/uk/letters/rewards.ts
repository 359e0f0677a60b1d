import { type Formats, lastDay } from '../../../functions/ground/formats/format.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Amount } from '../../../functions/ground/platform/money.ts';
import type { rewardMails } from '../../../functions/money/rewards/letters/kinds.ts';

const forOthers = 'Код бачать ті, хто може витрачати кошти цього рахунку.';

const left = (days: number) => (days === 7 ? 'Залишився тиждень' : 'Залишилося кілька днів');

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
  target_reached: (
    { ruleName, spend, pays, by, number, balance, expiresAt },
    { formats, inLanguage, you },
  ) => ({
    subject: you(`Вам повертається ${formats.money(pays)}`, `Тобі повертається ${formats.money(pays)}`),
    heading: you(`Ви заробили ${formats.money(pays)}`, `Твоя винагорода: ${formats.money(pays)}`),
    paragraphs: [
      by === 'share'
        ? you(
            `Це винагорода за ваші покупки: правило «${inLanguage(ruleName)}».`,
            `Це винагорода за твої покупки: правило «${inLanguage(ruleName)}».`,
          )
        : you(
            `Сума ваших покупок досягла порога ${formats.money(spend)}: правило «${inLanguage(ruleName)}».`,
            `Сума твоїх покупок досягла порога ${formats.money(spend)}: правило «${inLanguage(ruleName)}».`,
          ),
    ],
    facts: [
      ...(number === null ? [] : [fact('Замовлення', number)]),
      ...(balance === null ? [] : [fact('Тепер на рахунку', formats.money(balance))]),
      ...(expiresAt === null ? [] : [fact(you('Витратьте до', 'Витрать до'), formats.day(expiresAt - 1))]),
    ],
    button: 'Переглянути винагороди',
    notes: [
      you(
        'Гроші вже на вашому рахунку, робити нічого не треба.',
        'Гроші вже на твоєму рахунку, робити нічого не треба.',
      ),
    ],
  }),
  nearly_there: ({ ruleName, missing, pays, until }, { formats, inLanguage, you }) => ({
    subject: you(
      `Ще ${formats.money(missing)} — і вам повернеться ${formats.money(pays)}`,
      `Ще ${formats.money(missing)} — і тобі повернеться ${formats.money(pays)}`,
    ),
    heading: you(
      `Ще трохи — і вам повернеться ${formats.money(pays)}`,
      `Ще трохи — і тобі повернеться ${formats.money(pays)}`,
    ),
    paragraphs: [
      you(
        `Зробіть покупок іще на ${formats.money(missing)} — і ви досягнете наступного порога та отримаєте ${formats.money(pays)}. Правило: «${inLanguage(ruleName)}».`,
        `Зроби покупок іще на ${formats.money(missing)} — і ти досягнеш наступного порога та отримаєш ${formats.money(pays)}. Правило: «${inLanguage(ruleName)}».`,
      ),
    ],
    facts: until === null ? [] : [fact('Зараховується до', formats.date(lastDay(until)))],
    button: 'Переглянути винагороди',
    notes: ['Замовлення в дорозі вже враховано; повернені товари не рахуються.'],
  }),
  voucher_issued: (
    { ruleName, amount, minimum, expiresAt },
    { business, formats, inLanguage, voucherCode, you },
  ) => ({
    subject: you(
      `${business}: ваш ваучер на ${formats.money(amount)}`,
      `${business}: твій ваучер на ${formats.money(amount)}`,
    ),
    heading: `Ваучер на ${formats.money(amount)}`,
    paragraphs: [
      ...(ruleName === null
        ? []
        : [
            you(
              `Це винагорода за ваші покупки: правило «${inLanguage(ruleName)}».`,
              `Це винагорода за твої покупки: правило «${inLanguage(ruleName)}».`,
            ),
          ]),
      voucherCode === null
        ? forOthers
        : you(
            'Покажіть цей код на касі або введіть його під час замовлення. Він діє один раз.',
            'Покажи цей код на касі або введи його під час замовлення. Він діє один раз.',
          ),
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'Переглянути винагороди' : 'Показати ваучер',
    notes: [],
  }),
  credit_expiring: ({ amount, expiresAt, days }, { formats, you }) => ({
    subject: you(
      `Витратьте ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
      `Витрать ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
    ),
    heading: you(
      `Витратьте ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
      `Витрать ${formats.money(amount)} до ${formats.day(expiresAt - 1)}`,
    ),
    paragraphs: [
      ...(days > 7 ? [] : [`${left(days)}.`]),
      you(
        `Наприкінці цього дня ця сума на вашому рахунку згорить. Витратьте її на касі або обміняйте на ваучер.`,
        `Наприкінці цього дня ця сума на твоєму рахунку згорить. Витрать її на касі або обміняй на ваучер.`,
      ),
    ],
    button: 'Переглянути винагороди',
    notes: [],
  }),
  voucher_expiring: ({ amount, minimum, expiresAt, days }, { formats, voucherCode, you }) => ({
    subject: you(
      `Ваш ваучер на ${formats.money(amount)} діє до ${formats.day(expiresAt - 1)}`,
      `Твій ваучер на ${formats.money(amount)} діє до ${formats.day(expiresAt - 1)}`,
    ),
    heading: you(
      `Скористайтеся ваучером до ${formats.day(expiresAt - 1)}`,
      `Скористайся ваучером до ${formats.day(expiresAt - 1)}`,
    ),
    paragraphs: [
      days > 7
        ? you(
            `Ви ще не скористалися ваучером на ${formats.money(amount)}.`,
            `Ваучер на ${formats.money(amount)} ще не використано.`,
          )
        : you(
            `${left(days)}, а ви ще не скористалися ваучером на ${formats.money(amount)}.`,
            `${left(days)}, а ваучер на ${formats.money(amount)} ще не використано.`,
          ),
      ...(voucherCode === null ? [forOthers] : []),
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'Переглянути винагороди' : 'Показати ваучер',
    notes: [],
  }),
};
