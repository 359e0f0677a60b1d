import {
  accountManagers,
  managerRuleLists,
  staffAbsences,
  staffPictures,
  staffProfiles,
} from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { whoAssigns } from './policies.ts';
import { managerRoutes } from './routes.ts';
import { managerFields } from './segment-fields.ts';
import { managerUse } from './segment-use.ts';
import { workRules } from './work-rules.ts';

const historyKinds = ['manager_given', 'manager_ended'] as const;
const auditKinds = [
  'manager.given',
  'manager.ended',
  'manager.given-many',
  'manager.rules-set',
  'absence.set',
  'absence.ended',
  'staff-profile.set',
  'staff-profile.picture-set',
] as const;

export const managersRoom: Room = {
  name: 'managers',
  kept: 'contacts',
  routes: managerRoutes,
  policies: [whoAssigns],
  historyKinds,
  auditKinds,
  conflicts: ['account_managers.account_id', 'manager_rule_lists'],
  segmentFields: managerFields,
  audienceUse: managerUse,
  jobs: [{ name: 'managers', everyMinutes: 1, run: (ctx) => workRules(ctx), isLast: true }],
  waiting: [
    {
      section: 'console-managers',
      what: 'without_manager',
      path: '/console/managers#left',
      roles: ['owner', 'manager'],
      rows: `SELECT 1 FROM staff AS s CROSS JOIN account_managers AS m ON m.staff_id = s.id AND m.ended_at IS NULL
        CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL WHERE s.disabled_at IS NOT NULL`,
    },
  ],
  tables: [
    takenHome(accountManagers),
    takenHome(managerRuleLists),
    takenHome(staffProfiles),
    takenHome(staffPictures),
    takenHome(staffAbsences),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
