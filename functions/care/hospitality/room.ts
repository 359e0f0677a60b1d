import {
  hospitalityDecisions,
  hospitalityEntries,
  hospitalityWithdrawals,
} from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { hospitalityAct, hospitalityYear } from './policies.ts';
import { hospitalityRoutes } from './routes.ts';

const historyKinds = ['hospitality_recorded'] as const;
const auditKinds = [
  'hospitality.recorded',
  'hospitality.event-recorded',
  'hospitality.approved',
  'hospitality.refused',
  'hospitality.withdrawn',
] as const;

export const hospitalityRoom: Room = {
  name: 'hospitality',
  kept: 'contacts',
  policies: [hospitalityAct, hospitalityYear],
  routes: hospitalityRoutes,
  historyKinds,
  auditKinds,
  waiting: [
    {
      section: 'console-plans',
      what: 'hospitality',
      path: '/console/plans/hospitality',
      roles: ['owner', 'manager'],
      rows: `SELECT 1 FROM hospitality_entries AS e WHERE e.needs_approval = 1
        AND NOT EXISTS (SELECT 1 FROM hospitality_decisions WHERE entry_id = e.id)
        AND NOT EXISTS (SELECT 1 FROM hospitality_withdrawals WHERE entry_id = e.id)`,
    },
  ],
  tables: [
    takenHome(hospitalityEntries),
    takenHome(hospitalityDecisions, { after: ['hospitality_entries'] }),
    takenHome(hospitalityWithdrawals, { after: ['hospitality_entries'] }),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
