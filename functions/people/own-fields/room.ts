import { ownFields, ownFieldValues } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { ownFieldRoutes } from './routes.ts';
import { ownSegmentFields } from './segment-fields.ts';

const historyKinds = ['own_fields_changed'] as const;
const auditKinds = ['own-field.defined', 'own-field.removed', 'customer.own-fields-changed'] as const;

export const ownFieldsRoom: Room = {
  name: 'own-fields',
  kept: 'who',
  ownSegmentFields,
  routes: ownFieldRoutes,
  historyKinds,
  auditKinds,
  conflicts: ['own_field_values.value', 'own_fields.kind', 'own_fields.choices'],
  tables: [takenHome(ownFields), takenHome(ownFieldValues)],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
