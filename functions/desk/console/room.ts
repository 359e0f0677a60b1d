import { auditLog, customerNotes, waitingNotices } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { figuresFollower, followFigures } from './customers/follow-figures.ts';
import { indexOrders } from './index-orders.ts';
import { looksRoutes } from './looks/routes.ts';
import { exportMargins } from './margins/export-margins.ts';
import { exportManagers } from './own-customers/export-managers.ts';
import { personalData } from './personal-data.ts';
import { setUpNotice } from './policies.ts';
import { tellWaiting } from './waiting/tell-waiting.ts';

/**
 * That an archive was brought in is told by the next one only once something else has happened: until then what goes out is
 * what came in.
 */
const unlessLast = `NOT (act = 'archive.imported' AND NOT EXISTS (SELECT 1 FROM audit_log AS later
  WHERE (later.at, later.id) > (audit_log.at, audit_log.id)))`;

const historyKinds = ['customer_noted'] as const;
const auditKinds = [
  'customer.noted',
  'customers.exported',
  'account.adjusted',
  'credit.agreed',
  'credit.declined',
  'orders.exported',
  'payouts.exported',
  'managed.exported',
  'looks.exported',
] as const;

export const consoleRoom: Room = {
  name: 'console',
  kept: 'contacts',
  routes: looksRoutes,
  policies: [setUpNotice],
  historyKinds,
  auditKinds,
  exports: [
    {
      name: 'managers',
      about:
        'In whose hands accounts are now, by hand or by rule; managers import reads it. Days do not matter.',
      open: exportManagers,
    },
    {
      name: 'margins',
      about:
        'What is left of spend by product and category, with the categories that have none yet; margins import reads it.',
      open: exportMargins,
    },
  ],
  followers: [figuresFollower],
  jobs: [
    { name: 'waiting', everyMinutes: 10, run: tellWaiting },
    { name: 'search', everyMinutes: 1, run: indexOrders, isLast: true },
    { name: 'customer-list', everyMinutes: 1, run: (ctx) => followFigures(ctx), isLast: true },
  ],
  tables: [
    takenHome(customerNotes),
    takenHome(waitingNotices, { standing: 'give_way' }),
    takenHome(auditLog, { only: () => unlessLast, standing: 'stay' }),
  ],
  tablesLeft: {
    customer_figures: { why: 'Follows from the history.', isMadeAnew: true, follower: figuresFollower.name },
    kept_figures: { why: 'Sums over whole tables.', isMadeAnew: true },
    search_texts: { why: 'Numbers of the index of words, which triggers write.' },
    search_progress: { why: 'How far that index has come.', isMadeAnew: true },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
