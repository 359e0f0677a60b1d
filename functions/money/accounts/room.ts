import type { Room } from '../../ground/room.ts';

export const accountsRoom: Room = {
  name: 'accounts',
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
  personalData: {
    accounts: ['name'],
  },
};
