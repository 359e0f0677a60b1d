import { generalPreferences, preferences, tellings } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { weeklyLimit } from './policies.ts';
import { preferencesRoutes } from './routes.ts';

/** `mail_topic_on` and `mail_topic_off` are of earlier releases, in which mail alone could be wanted or not. */
const historyKinds = [
  'mail_topic_on',
  'mail_topic_off',
  'topic_wanted',
  'topic_unwanted',
  'preferences_changed',
] as const;
const auditKinds = ['preferences.changed'] as const;

export const preferencesRoom: Room = {
  name: 'preferences',
  kept: 'mail',
  routes: preferencesRoutes,
  policies: [weeklyLimit],
  historyKinds,
  auditKinds,
  tables: [takenHome(preferences), takenHome(generalPreferences), takenHome(tellings)],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
