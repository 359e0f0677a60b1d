import type { KindsOf, Room } from '../../ground/room.ts';

const auditKinds = ['key.added', 'key.revoked'] as const;

export const keysRoom: Room = {
  name: 'keys',
  auditKinds,
  tablesLeft: {
    api_keys: { why: 'Keys are secrets of programs: they are made anew.' },
    idempotency_keys: { why: 'What was answered under a key is of no use without the key.' },
  },
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
