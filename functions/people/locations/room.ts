import { locations, specialDays } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { locationsShown } from './policies.ts';
import { locationRoutes } from './routes.ts';

const auditKinds = ['location.set', 'location.removed', 'special-day.set'] as const;

export const locationsRoom: Room = {
  name: 'locations',
  routes: locationRoutes,
  policies: [locationsShown],
  features: [{ name: 'locations', policy: locationsShown, pages: /^\/locations$/ }],
  auditKinds,
  conflicts: ['locations.id'],
  tables: [takenHome(locations), takenHome(specialDays)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}

declare module '../../ground/identity/features.ts' {
  interface FeatureNames {
    locations: true;
  }
}
