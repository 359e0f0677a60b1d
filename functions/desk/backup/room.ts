import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { backupMails } from './letters/kinds.ts';
import { countLate } from './list-backups.ts';
import { backupRoutes } from './routes.ts';
import { hasBackupWork, workOnBackups } from './work-on-backups.ts';

const auditKinds = [
  'backup.asked',
  'backup.made',
  'backup.failed',
  'backup.fetched',
  'backup.deleted',
  'backup.schedule-set',
  'backup.drill-begun',
  'backup.drilled',
] as const;

export const backupRoom: Room = {
  name: 'backup',
  routes: backupRoutes,
  auditKinds,
  jobs: [{ name: 'backups', everyMinutes: 1, run: workOnBackups, isLast: true, hasWork: hasBackupWork }],
  letters: declareLetters(backupMails),
  waiting: [
    {
      section: 'console-backups',
      what: 'backups',
      path: '/console/settings/backups',
      roles: ['owner'],
      count: countLate,
    },
  ],
  tablesLeft: {
    backups: { why: 'Files of this deployment: they lie in its folder or its bucket.' },
    backup_drills: { why: 'How the backups of this deployment were tried.' },
    backup_schedules: { why: 'When backups are made here, in a place that is set up here.' },
  },
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
