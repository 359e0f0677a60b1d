import { lastDay } from '../../../../src/format.ts';
import { fact, type Letters } from '../mail-kind.ts';
import type { rewardMails } from './kinds.ts';

export const uk: Letters<typeof rewardMails> = {
  target_reached: ({ ruleName, spend, pays }, { formats }) => ({
    subject: `Вам повертається ${formats.money(pays)}`,
    heading: `Ви заробили ${formats.money(pays)}`,
    paragraphs: [`Ваші покупки на ${formats.money(spend)} дійшли до порога за правилом «${ruleName}».`],
    button: 'Переглянути винагороди',
    notes: ['Нічого робити не треба: кошти вже на вашому рахунку.'],
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
  voucher_issued: ({ code, amount, minimum, expiresAt }, { business, formats }) => ({
    subject: `${business}: ваш ваучер на ${formats.money(amount)}`,
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
};
