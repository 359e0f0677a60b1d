import { formerEmails } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { signInMails } from './letters/kinds.ts';
import { makeDueEmailChanges } from './make-email-change.ts';
import { personalData } from './personal-data.ts';
import { sweepSignIn } from './sweep-sign-in.ts';

const historyKinds = [
  'claimed',
  'left',
  'email_changed',
  'email_change_stopped',
  'email_change_undone',
] as const;
const auditKinds = ['staff.mail-proven', 'passkey.added', 'passkey.removed'] as const;

export const signInRoom: Room = {
  name: 'sign-in',
  kept: 'signing',
  historyKinds,
  auditKinds,
  jobs: [
    { name: 'emails', everyMinutes: 1, run: makeDueEmailChanges },
    { name: 'sessions', everyMinutes: 60, run: sweepSignIn },
  ],
  letters: declareLetters(signInMails),
  tables: [takenHome(formerEmails)],
  tablesLeft: {
    passkeys: { why: 'A passkey is bound to the address of one portal, and is added anew.' },
    sessions: { why: 'Who is signed in proves it anew.' },
    sign_in_challenges: { why: 'Links and codes of a portal work in that portal alone.' },
    form_drafts: { why: 'What was typed when a session ended goes back to its writer here.' },
    rate_limits: { why: 'Counts tries of the last hour.' },
    email_changes: {
      why: 'A change of address under way rests on links of this portal, and is asked for again.',
    },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
