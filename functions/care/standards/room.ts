import { procedures, procedureTicks, replyStandards } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { thankKept } from './kept/thank-kept.ts';
import { personalData } from './personal-data.ts';
import { thanksEvery } from './policies.ts';
import { replyStandard } from './reply-standard.ts';
import { standardRoutes } from './routes.ts';

const auditKinds = [
  'standard.set',
  'standard.ended',
  'procedure.set',
  'procedure.ended',
  'step.ticked',
  'step.unticked',
] as const;

export const standardsRoom: Room = {
  name: 'standards',
  kept: 'contacts',
  routes: standardRoutes,
  replyStandard,
  policies: [thanksEvery],
  jobs: [{ name: 'thanks', everyMinutes: 60, run: thankKept }],
  auditKinds,
  tables: [takenHome(replyStandards), takenHome(procedures), takenHome(procedureTicks)],
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
