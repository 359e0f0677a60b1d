import {
  countedSpend,
  periodTotals,
  programmeDrafts,
  programmePostings,
  programmes,
  ruleVersions,
} from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { expireDue, resettle, settleDue } from './settle-accounts.ts';

const auditKinds = ['programme.set'] as const;

export const programmeRoom: Room = {
  name: 'programme',
  auditKinds,
  jobs: [
    { name: 'resettle', everyMinutes: 1, run: resettle },
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
  ],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
