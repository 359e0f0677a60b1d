import { minimumWaiverEndings, minimumWaivers } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { waiverRoutes } from './routes.ts';
import { waivedByStaff } from './waived-by-staff.ts';

const historyKinds = ['minimum_waived', 'minimum_waiver_ended'] as const;
const auditKinds = ['minimum.waived', 'minimum.waiver-ended'] as const;

export const waiversRoom: Room = {
  name: 'waivers',
  kept: 'rewards',
  routes: waiverRoutes,
  historyKinds,
  auditKinds,
  waivers: [waivedByStaff],
  tables: [takenHome(minimumWaivers), takenHome(minimumWaiverEndings, { after: ['minimum_waivers'] })],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
