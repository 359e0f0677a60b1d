import { creditDays, creditDecisions, creditRequests } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { creditAgentAct, creditAgentDay, creditManagerAct, creditManagerDay } from './policies.ts';

const auditKinds = ['credit.asked'] as const;

export const creditsRoom: Room = {
  name: 'credits',
  kept: 'rewards',
  policies: [creditAgentAct, creditAgentDay, creditManagerAct, creditManagerDay],
  auditKinds,
  waiting: [
    {
      section: 'console-credits',
      what: 'credits',
      path: '/console/credits',
      roles: ['owner', 'manager'],
      rows: `SELECT 1 FROM credit_requests
        WHERE NOT EXISTS (SELECT 1 FROM credit_decisions WHERE request_id = credit_requests.id)`,
    },
  ],
  tables: [takenHome(creditDays), takenHome(creditRequests), takenHome(creditDecisions)],
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
