import {
  customerMergeEntries,
  customerMergeRows,
  customerMerges,
  customerMergeUndos,
} from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { carryRests } from './carry-rests.ts';
import { personalData } from './personal-data.ts';
import { mergingRoutes } from './routes.ts';

const historyKinds = [
  'merged_from',
  'merged_into',
  'merge_undone',
  'merge_rest_carried',
  'person_merged',
  'person_split',
] as const;
const auditKinds = ['customer.merged', 'customer.merge-undone'] as const;

export const mergingRoom: Room = {
  name: 'merging',
  kept: 'who',
  routes: mergingRoutes,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'merging', everyMinutes: 1, run: carryRests }],
  conflicts: ['refused: merged_already'],
  tables: [
    takenHome(customerMerges, { lifts: ['customer_merges_standing'] }),
    takenHome(customerMergeUndos),
    takenHome(customerMergeEntries),
    takenHome(customerMergeRows),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
