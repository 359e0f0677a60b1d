import { praiseThemes, themeMessages, themePhrases } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { themeRoutes } from './routes.ts';

const auditKinds = [
  'theme.made',
  'theme.changed',
  'theme.ended',
  'theme.reopened',
  'theme.message-placed',
] as const;

export const themesRoom: Room = {
  name: 'themes',
  routes: themeRoutes,
  auditKinds,
  tables: [takenHome(praiseThemes), takenHome(themePhrases), takenHome(themeMessages)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
