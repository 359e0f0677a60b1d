import { segmentVersions } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { listAskedAudiences } from './list-audiences.ts';
import { listOwnFieldUses } from './list-uses.ts';
import { personalData } from './personal-data.ts';
import { segmentRoutes } from './routes.ts';
import { askAnew, followSegments, isAskingDue, segmentsFollower } from './work-segments.ts';

const auditKinds = ['segment.set', 'segment.removed'] as const;

export const segmentsRoom: Room = {
  name: 'segments',
  kept: 'insight',
  routes: segmentRoutes,
  auditKinds,
  followers: [segmentsFollower],
  ownFieldUses: listOwnFieldUses,
  audiences: listAskedAudiences,
  jobs: [
    { name: 'segments', everyMinutes: 1, run: followSegments, isLast: true },
    { name: 'segments-anew', everyMinutes: 1, run: askAnew, isLast: true, hasWork: isAskingDue },
  ],
  conflicts: ['segment_versions'],
  tables: [takenHome(segmentVersions)],
  tablesLeft: {
    segment_failures: { why: 'They are asked anew.', isMadeAnew: true },
    segment_askings: { why: 'Everybody is asked anew.', isMadeAnew: true, follower: segmentsFollower.name },
  },
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
