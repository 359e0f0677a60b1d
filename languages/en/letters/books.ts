import type { backupMails } from '../../../functions/desk/backup/letters/kinds.ts';
import type { proofMails } from '../../../functions/desk/verify/letters/kinds.ts';
import type { Formats } from '../../../functions/ground/formats/format.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

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
  backup_drill_failed: ({ madeAt, failure, ...found }, { business, formats }) => ({
    subject: `${business}: a backup cannot be relied on`,
    heading: 'A backup cannot be relied on',
    paragraphs: [
      failure === null
        ? 'A backup was tried. It does not hold all that was counted when it was made, or does not add up.'
        : `A backup was tried, and could not be read or restored. ${reasons[failure]}`,
      'Your books were not touched. Make another backup and try it.',
    ],
    facts: [
      ...(madeAt === null ? [] : [fact('Backup of', formats.moment({ at: madeAt, day: null }))]),
      ...(failure === null
        ? [
            fact('Differences', formats.number(found.differences ?? 0)),
            fact('Orders', of(formats, found.orders, found.ordersMade)),
            fact('Ledger entries', of(formats, found.entries, found.entriesMade)),
            ...(found.filesMissing ? [fact('Files missing', formats.number(found.filesMissing))] : []),
          ]
        : []),
    ],
    button: 'See the backups',
    notes: [],
  }),
};

const of = ({ number }: Formats, found: number | null, made: number | null) =>
  `${number(found ?? 0)} of ${number(made ?? 0)}`;

const reasons = {
  full: 'There was no room on the disk. Make room, or delete older backups.',
  busy: 'It was interrupted, or another archive was being taken, each time it was tried.',
  away: 'The place of backups or the database did not answer.',
  too_large: 'It is too large for its place.',
  damaged: 'The copy was damaged.',
  other_release: 'It is of another release.',
  gone: 'Its file is gone from its place.',
  other: 'Something went wrong. The log of the server says what.',
};
