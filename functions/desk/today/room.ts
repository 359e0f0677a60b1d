import type { KindsOf, Room } from '../../ground/room.ts';
import { keepFigures, ledgerNews } from './keep-figures.ts';

const auditKinds = ['job.run', 'figures.exported'] as const;

export const todayRoom: Room = {
  name: 'today',
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
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
