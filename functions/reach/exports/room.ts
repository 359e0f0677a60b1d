import type { KindsOf, Room } from '../../ground/room.ts';
import { exportCustomers } from './export-customers.ts';
import { exportLedger } from './export-ledger.ts';
import { exportOrders } from './export-orders.ts';
import { exportRoutes } from './routes.ts';

const auditKinds = ['feedback.exported', 'segment.exported'] as const;

export const exportsRoom: Room = {
  name: 'exports',
  routes: exportRoutes,
  exports: [
    {
      name: 'orders',
      about:
        'It can be imported again. It holds what our orders CSV holds: of events and refunds the state and the sums so far. ' +
        'The days are those on which orders were placed.',
      open: exportOrders,
    },
    {
      name: 'customers',
      about: 'It can be imported again. One row per customer and account. The days are those of joining.',
      open: exportCustomers,
    },
    {
      name: 'ledger',
      about: 'By email, account and entry. The days are those on which entries took effect.',
      open: exportLedger,
    },
  ],
  auditKinds,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
