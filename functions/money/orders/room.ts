import {
  orderEvents,
  orderLines,
  orderMoves,
  orders,
  refundLines,
  refunds,
  waitingSales,
  withdrawnEvents,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { countLate } from './count-late.ts';
import { orderMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { promisedDays } from './promised-days.ts';
import { orderRoutes } from './routes.ts';

const historyKinds = [
  'order_created',
  'order_completed',
  'order_given',
  'order_refunded',
  'order_event',
  'order_event_withdrawn',
  'order_moved_out',
  'order_moved_in',
  'orders_imported',
  'settled',
  'recounted',
] as const;
const auditKinds = [
  'orders.given',
  'order.recorded',
  'order.told',
  'order.refunded',
  'order.event-withdrawn',
  'order.moved',
] as const;

export const ordersRoom: Room = {
  name: 'orders',
  kept: 'orders',
  routes: orderRoutes,
  policies: [promisedDays],
  historyKinds,
  auditKinds,
  letters: declareLetters(orderMails),
  waiting: [
    {
      section: 'console-orders',
      what: 'late_orders',
      path: '/console/orders?promise=late',
      count: countLate,
    },
  ],
  conflicts: [
    'orders.source',
    'orders.id',
    'refused: sale_',
    'waiting_sales.source',
    'waiting_sales.version',
    'refused: refund_exceeds_line',
    'order_events.order_id',
    'refunds.order_id',
    'withdrawn_events.order_id',
  ],
  tables: [
    takenHome(waitingSales, { lifts: ['waiting_sales_of_nobody'] }),
    takenHome(orders, { after: ['waiting_sales'] }),
    takenHome(orderLines),
    takenHome(orderEvents),
    takenHome(withdrawnEvents),
    takenHome(refunds),
    takenHome(refundLines, { after: ['refunds', 'order_lines'] }),
    takenHome(orderMoves),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
