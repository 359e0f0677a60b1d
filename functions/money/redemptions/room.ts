import type { KindsOf, Room } from '../../ground/room.ts';
import { owedRows } from './hand-over.ts';
import { returnLapsedVouchers } from './return-lapsed.ts';
import { redemptionRoutes } from './routes.ts';

const historyKinds = ['redeemed', 'redemption_reversed', 'voucher_used'] as const;
const auditKinds = ['redemption.handed_over'] as const;

export const redemptionsRoom: Room = {
  name: 'redemptions',
  routes: redemptionRoutes,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'vouchers', everyMinutes: 1, run: returnLapsedVouchers }],
  waiting: [{ section: 'console-credits', rows: owedRows }],
  personalData: {
    redemptions: ['reference'],
    reversals: ['reason'],
    voucher_cancellations: ['reason'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
