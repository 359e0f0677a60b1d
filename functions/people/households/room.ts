import { membershipEvents } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { householdRoutes } from './routes.ts';
import { unconfirmedRows } from './unconfirmed-rows.ts';

const historyKinds = [
  'person_invited',
  'person_joined',
  'person_changed',
  'person_removed',
  'person_left',
  'invitation_declined',
  'invitation_withdrawn',
  'household_founded',
] as const;
const auditKinds = ['person.invited', 'person.added', 'person.changed', 'person.removed'] as const;

export const householdsRoom: Room = {
  name: 'households',
  kept: 'who',
  routes: householdRoutes,
  historyKinds,
  auditKinds,
  waiting: [
    { section: 'console-joining', what: 'unconfirmed', path: '/console/joining', rows: unconfirmedRows },
  ],
  tables: [takenHome(membershipEvents)],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
