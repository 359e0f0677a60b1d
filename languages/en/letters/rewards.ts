import { type Formats, lastDay } from '../../../functions/ground/formats/format.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Amount } from '../../../functions/ground/platform/money.ts';
import type { rewardMails } from '../../../functions/money/rewards/letters/kinds.ts';

const forOthers = 'The people who may spend your account’s balance can see the code.';

const left = (days: number) => (days === 7 ? 'Only a week is left' : 'Only a few days are left');

function voucherFacts(
  { minimum, expiresAt }: { minimum: Amount | null; expiresAt: number | null },
  formats: Formats,
): [string, string][] {
  return [
    ...(minimum === null ? [] : [fact('For purchases of at least', formats.money(minimum))]),
    ...(expiresAt === null ? [] : [fact('Valid until', formats.day(expiresAt - 1))]),
  ];
}

export const rewards: Letters<typeof rewardMails> = {
  target_reached: ({ ruleName, spend, pays, by, number, balance, expiresAt }, { formats, inLanguage }) => ({
    subject: `${formats.money(pays)} back for you`,
    heading: `You have earned ${formats.money(pays)}`,
    paragraphs: [
      by === 'share'
        ? `You earned it with your purchases under “${inLanguage(ruleName)}”.`
        : `Your purchases of ${formats.money(spend)} reached a target of “${inLanguage(ruleName)}”.`,
    ],
    facts: [
      ...(number === null ? [] : [fact('Order', number)]),
      ...(balance === null ? [] : [fact('Your balance now', formats.money(balance))]),
      ...(expiresAt === null ? [] : [fact('Use it by', formats.day(expiresAt - 1))]),
    ],
    button: 'See your rewards',
    notes: ['It is already in your account. You do not need to do anything.'],
  }),
  nearly_there: ({ ruleName, missing, pays, until }, { formats, inLanguage }) => ({
    subject: `Spend ${formats.money(missing)} more to get ${formats.money(pays)} back`,
    heading: `Nearly there: ${formats.money(pays)} back`,
    paragraphs: [
      `Spend another ${formats.money(missing)} to reach the next target of “${inLanguage(ruleName)}” and get ${formats.money(pays)} back.`,
    ],
    facts: until === null ? [] : [fact('Counts until', formats.date(lastDay(until)))],
    button: 'See your rewards',
    notes: ['Orders still on their way already count. Returned items do not.'],
  }),
  voucher_issued: (
    { ruleName, amount, minimum, expiresAt },
    { business, formats, inLanguage, voucherCode },
  ) => ({
    subject: `Your ${formats.money(amount)} voucher for ${business}`,
    heading: `A voucher for ${formats.money(amount)}`,
    paragraphs: [
      ...(ruleName === null ? [] : [`Your purchases earned it under “${inLanguage(ruleName)}”.`]),
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
        : `${left(days)}: ${formats.money(amount)} of your credit expires at the end of that day. Spend it at the till, or turn it into a voucher.`,
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
        : `${left(days)}: your voucher for ${formats.money(amount)} has not been used yet.`,
      ...(voucherCode === null ? [forOthers] : []),
    ],
    ...(voucherCode === null ? {} : { code: voucherCode }),
    facts: voucherFacts({ minimum, expiresAt }, formats),
    button: voucherCode === null ? 'See your rewards' : 'Show the voucher',
    notes: [],
  }),
};
