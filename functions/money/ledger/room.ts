import { adjustments, bonuses, bonusReversals, ledger, lots } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';

const historyKinds = ['adjusted', 'bonus_granted', 'bonus_reversed'] as const;

export const ledgerRoom: Room = {
  name: 'ledger',
  kept: 'rewards',
  historyKinds,
  tables: [
    takenHome(ledger),
    takenHome(lots),
    takenHome(adjustments),
    takenHome(bonuses, { lifts: ['bonuses_once'] }),
    takenHome(bonusReversals),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}
