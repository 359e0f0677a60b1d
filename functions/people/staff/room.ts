import { staff } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { staffFactor } from '../sign-in/staff-factor.ts';
import { joinStaff } from './join-staff.ts';
import { staffMails } from './letters/kinds.ts';
import { carryOutDueChanges } from './owner-changes/carry-out-due.ts';
import { personalData } from './personal-data.ts';

const auditKinds = [
  'staff.added',
  'staff.let-in',
  'staff.role-set',
  'staff.named',
  'staff.shut-out',
  'staff.signed-out',
  'staff.signed-in',
  'staff.proven-again',
  'staff.factor-set-up',
  'staff.factor-reset',
  'staff.joined',
  'owner-change.asked',
  'owner-change.agreed',
  'owner-change.due',
  'owner-change.stopped',
  'owner-change.lapsed',
] as const;

export const staffRoom: Room = {
  name: 'staff',
  policies: [staffFactor],
  auditKinds,
  jobs: [{ name: 'owners', everyMinutes: 1, run: carryOutDueChanges }],
  waiting: [
    {
      section: 'console-staff',
      what: 'owner_changes',
      path: '/console/staff',
      roles: ['owner'],
      rows: 'SELECT 1 FROM owner_changes WHERE NOT EXISTS (SELECT 1 FROM owner_change_ends WHERE change_id = owner_changes.id)',
    },
  ],
  letters: declareLetters(staffMails),
  tables: [takenHome(staff, { standing: 'stay', isForOwners: true, before: joinStaff })],
  tablesLeft: {
    owner_changes: {
      why: 'What one owner wants to take from another is agreed to here, by who is signed in here.',
    },
    owner_change_ends: { why: 'How that ended.' },
    staff_factors: { why: 'A second factor is a secret, and is set up anew.' },
    staff_recovery_codes: { why: 'Codes of a second factor.' },
    staff_factor_uses: { why: 'Uses of a second factor.' },
  },
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
