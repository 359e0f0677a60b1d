import type { proofMails } from '../../../functions/desk/verify/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const books: Letters<typeof proofMails> = {
  proof_found: ({ accounts, differences }, { business, formats }) => ({
    subject: `${business}: the books do not add up`,
    heading: 'The books do not add up',
    paragraphs: [
      'The nightly check worked out the rewards again from orders and rules, and found something else than what is kept.',
      accounts > 0
        ? 'Nothing is paid out of the accounts concerned until they add up again. All others go on as always.'
        : 'No customer’s account is concerned.',
    ],
    facts: [
      ['Accounts concerned so far', formats.number(accounts)],
      ['Differences so far', formats.number(differences)],
    ],
    button: 'See what differs',
    notes: [],
  }),
};
