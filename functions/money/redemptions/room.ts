import {
  payoutSteps,
  redemptionHandovers,
  redemptions,
  reversals,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { redemptionMails } from './letters/kinds.ts';
import { owedRows, payoutConflicts } from './payouts/steps.ts';
import { personalData } from './personal-data.ts';
import { returnLapsedVouchers } from './return-lapsed.ts';
import { redemptionRoutes } from './routes.ts';

const historyKinds = [
  'redeemed',
  'redemption_reversed',
  'redemption_paid',
  'redemption_unpaid',
  'voucher_used',
] as const;
const auditKinds = ['redemption.handed_over', 'redemption.payment_undone', 'redemption.returned'] as const;

export const redemptionsRoom: Room = {
  name: 'redemptions',
  kept: 'rewards',
  routes: redemptionRoutes,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'vouchers', everyMinutes: 1, run: returnLapsedVouchers }],
  letters: declareLetters(redemptionMails),
  conflicts: payoutConflicts,
  waiting: [
    {
      section: 'console-payouts',
      what: 'payouts',
      path: '/console/payouts',
      roles: ['owner', 'manager'],
      rows: owedRows,
    },
  ],
  tables: [
    takenHome(redemptions),
    takenHome(payoutSteps, { after: ['redemptions'] }),
    takenHome(redemptionHandovers),
    takenHome(reversals, { after: ['payout_steps'] }),
    takenHome(vouchers),
    takenHome(voucherUses),
    takenHome(voucherCancellations),
  ],
  tablesLeft: {
    open_payouts: { why: 'Follows from redemptions and their steps, by triggers.' },
    payout_sums: { why: 'Sums of them, by triggers.' },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
