import { catalogueProducts } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { catalogueRoutes } from './routes.ts';

const auditKinds = ['catalogue.set', 'catalogue.gone'] as const;

export const catalogueRoom: Room = {
  name: 'catalogue',
  routes: catalogueRoutes,
  auditKinds,
  tables: [takenHome(catalogueProducts)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
