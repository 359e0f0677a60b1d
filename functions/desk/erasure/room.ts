import { erasures } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { carryOutErasures } from './carry-out.ts';
import { erasureMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';

const historyKinds = ['erased', 'person_erased'] as const;
const auditKinds = ['customer.erased'] as const;

export const erasureRoom: Room = {
  name: 'erasure',
  kept: 'who',
  historyKinds,
  auditKinds,
  jobs: [{ name: 'erasure', everyMinutes: 1, run: carryOutErasures }],
  letters: declareLetters(erasureMails),
  tables: [takenHome(erasures, { standing: 'stay' })],
  tablesLeft: {
    erasure_passes: { why: 'Stands while an erasure is written.' },
    erasure_requests: { why: 'What a customer asked for here, and may take back here for a day.' },
    erased_files: { why: 'Files of this deployment that are about to be deleted.' },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
