import type { KindsOf, Room } from '../../ground/room.ts';
import { archiveRoutes } from './routes.ts';
import { tidyArchives } from './tidy-archives.ts';

const auditKinds = ['archive.exported', 'archive.imported', 'table.exported'] as const;

export const archiveRoom: Room = {
  name: 'archive',
  routes: archiveRoutes,
  auditKinds,
  jobs: [{ name: 'archives', everyMinutes: 60, run: tidyArchives }],
  tablesLeft: {
    archive_places: { why: 'Who takes an archive out or brings one in at this moment.' },
  },
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
