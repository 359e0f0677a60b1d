import { type Formats, lastDay } from '../../../../src/format.ts';
import type { Amount } from '../../../portal/types.ts';
import { fact, type Letters } from '../mail-kind.ts';
import type { rewardMails } from './kinds.ts';

const forOthers = 'Those who may spend for your account can see its code.';

function voucherFacts(
  { minimum, expiresAt }: { minimum: Amount | null; expiresAt: number | null },
  formats: Formats,
): [string, string][] {
  return [
    ...(minimum === null ? [] : [fact('For purchases from', formats.money(minimum))]),
    ...(expiresAt === null ? [] : [fact('Valid until', formats.day(expiresAt - 1))]),
  ];
}

export const en: Letters<typeof rewardMails> = {
  target_reached: ({ ruleName, spend, pays, by, number, balance, expiresAt }, { formats }) => ({
    subject: `${formats.money(pays)} back for you`,
    heading: `You have earned ${formats.money(pays)}`,
    paragraphs: [
      by === 'share'
        ? `Your purchases brought you this under “${ruleName}”.`
        : `Your purchases of ${formats.money(spend)} reached a target of “${ruleName}”.`,
    ],
    facts: [
      ...(number === null ? [] : [fact('Order', number)]),
      ...(balance === null ? [] : [fact('Your balance now', formats.money(balance))]),
      ...(expiresAt === null ? [] : [fact('Use it by', formats.day(expiresAt - 1))]),
    ],
    button: 'See your rewards',
    notes: ['It is already in your account. There is nothing you need to do.'],
  }),
  nearly_there: ({ ruleName, missing, pays, until }, { formats }) => ({
    subject: `${formats.money(missing)} to go, then ${formats.money(pays)} back`,
    heading: `Nearly there: ${formats.money(pays)} back`,
    paragraphs: [
      `With purchases of another ${formats.money(missing)} you reach the next target of “${ruleName}” and get ${formats.money(pays)} back.`,
    ],
    facts: until === null ? [] : [fact('Counts until', formats.date(lastDay(until)))],
    button: 'See your rewards',
    notes: ['Orders that are still on their way count already; what is returned does not.'],
  }),
  voucher_issued: ({ ruleName, amount, minimum, expiresAt }, { business, formats, voucherCode }) => ({
    subject: `Your ${formats.money(amount)} voucher for ${business}`,
    heading: `A voucher for ${formats.money(amount)}`,
    paragraphs: [
      ...(ruleName === null ? [] : [`Your purchases earned it under “${ruleName}”.`]),
      voucherCode === null
        ? forOthers
        : 'Show this code at the till or enter it when you order. It works once.',
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'See your rewards' : 'Show the voucher',
    notes: [],
  }),
  credit_expiring: ({ amount, expiresAt, days }, { formats }) => ({
    subject: `${formats.money(amount)} of your credit expires on ${formats.day(expiresAt - 1)}`,
    heading: `Use ${formats.money(amount)} by ${formats.day(expiresAt - 1)}`,
    paragraphs: [
      days > 7
        ? `${formats.money(amount)} of your credit expires at the end of that day. Spend it at the till, or turn it into a voucher.`
        : `Only a week is left: ${formats.money(amount)} of your credit expires at the end of that day. Spend it at the till, or turn it into a voucher.`,
    ],
    button: 'See your rewards',
    notes: [],
  }),
  voucher_expiring: ({ amount, minimum, expiresAt, days }, { formats, voucherCode }) => ({
    subject: `Your ${formats.money(amount)} voucher expires on ${formats.day(expiresAt - 1)}`,
    heading: `Use your voucher by ${formats.day(expiresAt - 1)}`,
    paragraphs: [
      days > 7
        ? `Your voucher for ${formats.money(amount)} has not been used yet.`
        : `Only a week is left: your voucher for ${formats.money(amount)} has not been used yet.`,
      ...(voucherCode === null ? [forOthers] : []),
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'See your rewards' : 'Show the voucher',
    notes: [],
  }),
};
