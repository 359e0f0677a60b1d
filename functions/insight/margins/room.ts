import { margins } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { marginRoutes } from './routes.ts';

const auditKinds = ['margin.set', 'margin.removed'] as const;

export const marginsRoom: Room = {
  name: 'margins',
  routes: marginRoutes,
  auditKinds,
  tables: [takenHome(margins)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
