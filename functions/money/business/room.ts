import { settings } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { businessHours } from './policies.ts';

const auditKinds = ['setting.set', 'shop.begun'] as const;

export const businessRoom: Room = {
  name: 'business',
  policies: [businessHours],
  auditKinds,
  tables: [takenHome(settings, { standing: 'give_way' })],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
