import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { staffMails } from './letters/kinds.ts';
import { staffFactor } from './policies.ts';

const auditKinds = [
  'staff.added',
  'staff.let-in',
  'staff.role-set',
  'staff.named',
  'staff.shut-out',
  'staff.signed-out',
  'staff.signed-in',
  'staff.factor-set-up',
  'staff.factor-reset',
] as const;

export const staffRoom: Room = {
  name: 'staff',
  policies: [staffFactor],
  auditKinds,
  letters: declareLetters(staffMails),
  personalData: {
    staff: ['email', 'name'],
  },
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
