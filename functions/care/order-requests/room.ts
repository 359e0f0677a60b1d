import { orderRequestAnswers, orderRequestLines, orderRequests } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { requestMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { basketUrl, orderMinimum } from './policies.ts';
import { requestRoutes } from './routes.ts';

const historyKinds = [
  'order_requested',
  'order_cancellation_requested',
  'order_request_answered',
  'order_request_declined',
  'order_request_withdrawn',
] as const;
const auditKinds = ['order-request.answered', 'order-request.declined'] as const;

export const orderRequestsRoom: Room = {
  name: 'order-requests',
  kept: 'orders',
  routes: requestRoutes,
  policies: [basketUrl, orderMinimum],
  historyKinds,
  auditKinds,
  letters: declareLetters(requestMails),
  conflicts: ['order_requests.reference'],
  waiting: [
    {
      section: 'console-orders',
      what: 'order_requests',
      path: '/console/requests',
      rows: `SELECT 1 FROM order_requests AS r
        WHERE NOT EXISTS (SELECT 1 FROM order_request_answers WHERE request_id = r.id)`,
    },
  ],
  tables: [
    takenHome(orderRequests),
    takenHome(orderRequestLines, { after: ['order_requests'] }),
    takenHome(orderRequestAnswers, { after: ['order_requests'] }),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
