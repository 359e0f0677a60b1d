import { contactPlans } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { giveTasks } from './give-tasks.ts';
import { planRoutes } from './routes.ts';
import { PLANS_JOB } from './walk.ts';

const auditKinds = ['plan.made', 'plan.changed', 'plan.ended'] as const;

export const plansRoom: Room = {
  name: 'plans',
  routes: planRoutes,
  jobs: [{ name: PLANS_JOB, everyMinutes: 30, run: giveTasks }],
  auditKinds,
  tables: [takenHome(contactPlans)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
