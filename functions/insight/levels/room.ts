import { accountPins } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { idealShape, keyAccounts } from './policies.ts';
import { levelRoutes } from './routes.ts';

/** They were told of people before they were of accounts. */
const historyKinds = ['customer_pinned', 'customer_unpinned'] as const;
const auditKinds = ['customer.pinned', 'customer.unpinned'] as const;

export const levelsRoom: Room = {
  name: 'levels',
  kept: 'insight',
  routes: levelRoutes,
  policies: [idealShape, keyAccounts],
  historyKinds,
  auditKinds,
  tables: [takenHome(accountPins)],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
