import { shelvedOrders } from '../../../db/schema/index.ts';
import { numbersOf } from '../../ground/personal/personal-data.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { archiveRoutes } from './routes.ts';

const historyKinds = ['order_archived', 'order_unarchived'] as const;

export const orderArchiveRoom: Room = {
  name: 'order-archive',
  kept: 'orders',
  routes: archiveRoutes,
  historyKinds,
  tables: [takenHome(shelvedOrders, { after: ['orders'] })],
  personalData: { shelved_orders: { ...numbersOf('order_id IN $orders'), key: 'order_id' } },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}
