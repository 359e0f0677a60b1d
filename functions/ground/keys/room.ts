import type { KindsOf, Room } from '../../ground/room.ts';

const auditKinds = ['key.added', 'key.revoked'] as const;

export const keysRoom: Room = {
  name: 'keys',
  auditKinds,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
