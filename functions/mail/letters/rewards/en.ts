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
