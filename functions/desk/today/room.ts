import type { KindsOf, Room } from '../../ground/room.ts';
import { exportMovements } from './export-movements.ts';
import { keepFigures, ledgerNews } from './keep-figures.ts';
import { movementRoutes } from './routes.ts';

const auditKinds = ['job.run', 'figures.exported'] as const;

export const todayRoom: Room = {
  name: 'today',
  routes: movementRoutes,
  exports: [
    {
      name: 'movements',
      about:
        'What the ledgers of all accounts moved, by day, currency and kind of movement, and what all balances came to with it. ' +
        'The days are those on which entries were posted, so that days that are over stay as they were.',
      open: exportMovements,
    },
  ],
  auditKinds,
  jobs: [{ name: 'figures', everyMinutes: 1, run: keepFigures }],
  followers: [ledgerNews],
  waiting: [
    {
      section: 'console',
      what: 'jobs',
      path: '/console#jobs',
      roles: ['owner', 'manager'],
      rows: 'SELECT 1 FROM job_runs WHERE failure IS NOT NULL',
    },
  ],
  tablesLeft: {
    ledger_days: { why: 'Sums of the ledger.', isMadeAnew: true, follower: ledgerNews.name },
    ledger_days_read: { why: 'How far the ledger is summed.', isMadeAnew: true },
    job_runs: { why: 'When the jobs of this deployment ran.' },
  },
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
