import { customerKeys, customers } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { customerRoutes } from './routes.ts';
import { customerSegmentFields } from './segment-fields.ts';

const historyKinds = ['customer_added', 'customer_corrected'] as const;
const auditKinds = ['customer.added', 'customer.corrected'] as const;

export const customersRoom: Room = {
  name: 'customers',
  kept: 'who',
  segmentFields: customerSegmentFields,
  historyKinds,
  auditKinds,
  routes: customerRoutes,
  conflicts: ['customers.email', 'customer_keys.source'],
  tables: [takenHome(customers), takenHome(customerKeys)],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
