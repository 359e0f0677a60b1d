import { guideNotes, guideReads } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { guideRoutes } from './routes.ts';

const auditKinds = ['guide.noted'] as const;

export const guideRoom: Room = {
  name: 'guide',
  routes: guideRoutes,
  auditKinds,
  tables: [takenHome(guideNotes, { standing: 'give_way' }), takenHome(guideReads, { standing: 'give_way' })],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
