import { accountDoubts } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { proofMails } from './letters/kinds.ts';
import { isProofDue } from './proof/begin-proof.ts';
import { workOnProof } from './proof/work-on-proof.ts';

const auditKinds = ['books.check-begun', 'books.checked-again'] as const;

export const verifyRoom: Room = {
  name: 'verify',
  auditKinds,
  jobs: [{ name: 'proof', everyMinutes: 1, run: workOnProof, isLast: true, hasWork: isProofDue }],
  letters: declareLetters(proofMails),
  waiting: [
    {
      section: 'console-proof',
      what: 'doubts',
      path: '/console/proof',
      roles: ['owner', 'manager'],
      rows: 'SELECT 1 FROM account_doubts',
    },
  ],
  tables: [takenHome(accountDoubts)],
  tablesLeft: {
    proof_runs: { why: 'How often the books of this database were gone over; they are gone over anew.' },
    proof_differences: { why: 'What was found in this database.' },
  },
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
