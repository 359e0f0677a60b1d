import {
  accountSpend,
  accounts,
  feedChanges,
  feedPositions,
  history,
  memberships,
} from '../../../db/schema/index.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { keptPositions } from './kept-positions.ts';
import { personalData } from './personal-data.ts';
import { accountFields } from './segment-fields.ts';

export const accountsRoom: Room = {
  name: 'accounts',
  kept: 'who',
  segmentFields: accountFields,
  conflicts: [
    'refused: history',
    'history.account_id',
    'accounts.name',
    'accounts.root_id',
    'accounts.owner_id',
    'accounts_shared_name',
    'accounts_department_name',
    'ledger.account_id',
    'refused: ledger',
    'FOREIGN KEY',
  ],
  tables: [
    takenHome(accounts, {
      repeats: {
        history_seq: { table: 'history', by: 'account_id' },
        ledger_seq: { table: 'ledger', by: 'account_id' },
      },
    }),
    takenHome(memberships),
    takenHome(accountSpend),
    takenHome(history, { lifts: ['history_follows_programme', 'history_is_followed'] }),
    takenHome(feedChanges, { after: ['history'] }),
    takenHome(feedPositions, { standing: 'give_way', only: keptPositions }),
  ],
  personalData,
};
