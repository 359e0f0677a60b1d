import { textVersions } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { textRoutes } from './routes.ts';

const auditKinds = ['text.set', 'text.reset'] as const;

export const textsRoom: Room = {
  name: 'texts',
  routes: textRoutes,
  auditKinds,
  conflicts: ['text_versions.id'],
  tables: [takenHome(textVersions)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
