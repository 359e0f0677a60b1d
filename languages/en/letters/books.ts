import type { backupMails } from '../../../functions/desk/backup/letters/kinds.ts';
import type { proofMails } from '../../../functions/desk/verify/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const books: Letters<typeof proofMails & typeof backupMails> = {
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
  backup_failed: ({ failure }, { business }) => ({
    subject: `${business}: a backup was not made`,
    heading: 'A backup was not made',
    paragraphs: ['The schedule wanted a backup of the portal, and nothing came of it.', reasons[failure]],
    facts: [],
    button: 'See the backups',
    notes: [],
  }),
};

const reasons = {
  full: 'There was no room on the disk. Make room, or delete older backups.',
  busy: 'Something was recorded each time while it was written. Choose an hour at which nobody sells.',
  away: 'The place of backups or the database did not answer.',
  too_large: 'It is too large for its place.',
  damaged: 'The copy was damaged.',
  other_release: 'It is of another release.',
  gone: 'Its file is gone from its place.',
  other: 'Something went wrong. The log of the server says what.',
};
