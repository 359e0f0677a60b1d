import {
  audienceEntries,
  audienceExits,
  countedSpend,
  periodTotals,
  programmeDrafts,
  programmePostings,
  programmes,
  ruleVersions,
} from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { expireDue, isUnsettled, resettle, settleDue } from './settle-accounts.ts';

const historyKinds = ['segment_entered', 'segment_left'] as const;
const auditKinds = ['programme.set'] as const;

export const programmeRoom: Room = {
  name: 'programme',
  kept: 'rewards',
  historyKinds,
  auditKinds,
  jobs: [
    { name: 'resettle', everyMinutes: 1, run: resettle, hasWork: isUnsettled },
    { name: 'settle', everyMinutes: 1, run: settleDue },
    { name: 'expire', everyMinutes: 1, run: expireDue },
  ],
  conflicts: ['refused: programme_changed'],
  tables: [
    takenHome(programmes),
    takenHome(ruleVersions),
    takenHome(countedSpend),
    takenHome(periodTotals),
    takenHome(programmeDrafts),
    takenHome(programmePostings),
    takenHome(audienceEntries),
    takenHome(audienceExits),
  ],
  tablesLeft: { audience_counts: { why: 'Counted as members come in.', isMadeAnew: true } },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
