import type { KindsOf, Room } from '../../ground/room.ts';
import { businessHours } from './policies.ts';

const auditKinds = ['setting.set', 'shop.begun'] as const;

export const businessRoom: Room = {
  name: 'business',
  policies: [businessHours],
  auditKinds,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
