import { lastDay } from '../../../../src/format.ts';
import { fact, type Letters } from '../mail-kind.ts';
import type { rewardMails } from './kinds.ts';

export const en: Letters<typeof rewardMails> = {
  target_reached: ({ ruleName, spend, pays }, { formats }) => ({
    subject: `${formats.money(pays)} back for you`,
    heading: `You have earned ${formats.money(pays)}`,
    paragraphs: [`With your purchases of ${formats.money(spend)} you reached a target of “${ruleName}”.`],
    button: 'See your rewards',
    notes: ['Nothing to do: it is in your account.'],
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
  voucher_issued: ({ code, amount, minimum, expiresAt }, { business, formats }) => ({
    subject: `Your voucher for ${formats.money(amount)} at ${business}`,
    heading: `A voucher for ${formats.money(amount)}`,
    paragraphs: ['Show or type this code with your next purchase. It works once.'],
    code,
    facts: [
      ...(minimum === null ? [] : [fact('From a purchase of', formats.money(minimum))]),
      ...(expiresAt === null ? [] : [fact('Valid until', formats.day(expiresAt - 1))]),
    ],
    button: 'See your vouchers',
    notes: [],
  }),
};
