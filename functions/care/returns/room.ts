import {
  returnEvents,
  returnedQuantities,
  returnFiles,
  returnLines,
  returns,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { dropOldReturnFiles } from './drop-old-files.ts';
import { followOrders } from './follow-orders.ts';
import { returnMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { returnFileMonths } from './policies.ts';
import { returnRoutes } from './routes.ts';
import { returnTerms } from './terms.ts';

const historyKinds = ['return_settled'] as const;
const auditKinds = [
  'return.requested',
  'return.approved',
  'return.refused',
  'return.received',
  'return.settled',
] as const;

export const returnsRoom: Room = {
  name: 'returns',
  kept: 'orders',
  routes: returnRoutes,
  policies: [returnTerms],
  retentions: [{ policy: returnFileMonths, drop: dropOldReturnFiles }],
  historyKinds,
  auditKinds,
  letters: declareLetters(returnMails),
  waiting: [
    {
      section: 'console-orders',
      what: 'returns',
      path: '/console/returns',
      // In the words of the index, which says what is open.
      rows: "SELECT 1 FROM returns WHERE state IN ('requested', 'approved', 'received') AND state <> 'approved'",
    },
  ],
  tables: [
    takenHome(returns),
    takenHome(returnLines),
    takenHome(returnedQuantities),
    takenHome(returnEvents),
    takenHome(returnFiles, { files: { name: 'stored_as', sha256: 'sha256' } }),
  ],
  personalData,
  followsOrders: followOrders,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
