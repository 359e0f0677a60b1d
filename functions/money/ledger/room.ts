import type { KindsOf, Room } from '../../ground/room.ts';

const historyKinds = ['adjusted', 'bonus_granted', 'bonus_reversed'] as const;

export const ledgerRoom: Room = {
  name: 'ledger',
  historyKinds,
  personalData: {
    adjustments: ['reason'],
    bonus_reversals: ['reason'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}
