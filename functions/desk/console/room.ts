import type { KindsOf, Room } from '../../ground/room.ts';
import { indexOrders } from './index-orders.ts';
import { tellWaiting } from './waiting/tell-waiting.ts';

const historyKinds = ['customer_noted'] as const;
const auditKinds = [
  'customer.noted',
  'account.adjusted',
  'credit.agreed',
  'credit.declined',
  'orders.exported',
  'payouts.exported',
] as const;

export const consoleRoom: Room = {
  name: 'console',
  historyKinds,
  auditKinds,
  jobs: [
    { name: 'waiting', everyMinutes: 10, run: tellWaiting },
    { name: 'search', everyMinutes: 1, run: indexOrders, isLast: true },
  ],
  personalData: {
    customer_notes: ['text'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
