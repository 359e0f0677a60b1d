import { statement } from '../../../db/query.ts';
import { erasures } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { carryOutErasures } from './carry-out.ts';
import { erasureMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { erasureRoutes } from './routes.ts';

const historyKinds = ['erased', 'person_erased'] as const;
const auditKinds = ['customer.erased'] as const;

export const erasureRoom: Room = {
  name: 'erasure',
  routes: erasureRoutes,
  kept: 'who',
  historyKinds,
  conflicts: ['erasure_passes'],
  auditKinds,
  jobs: [{ name: 'erasure', everyMinutes: 1, run: carryOutErasures }],
  letters: declareLetters(erasureMails),
  tables: [takenHome(erasures, { standing: 'stay', before: makeWay })],
  tablesLeft: {
    erasure_passes: { why: 'Stands while an erasure is written.' },
    erasure_requests: { why: 'What a customer asked for here, and may take back here for a day.' },
    erasure_texts: { why: 'Stand while an erasure is written.' },
    erased_imports: { why: 'Files of imports here that are about to be deleted.' },
    erased_files: { why: 'Files of this deployment that are about to be deleted.' },
  },
  personalData,
};

/** Who is in both lists is as the one that comes in says; numbers of those who stay go behind its own. */
function makeWay(staged: string): Statement[] {
  return [
    statement(`DELETE FROM erasures WHERE customer_id IN (SELECT customer_id FROM (${staged}))`),
    statement(`UPDATE erasures SET seq = seq + (SELECT coalesce(max(seq), 0) FROM (${staged}))
      + (SELECT coalesce(max(seq), 0) FROM erasures)`),
  ];
}

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
