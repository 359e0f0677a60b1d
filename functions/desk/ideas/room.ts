import { staffIdeaActs, staffIdeas, staffIdeaVotes } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { ideaMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { ideaRoutes } from './routes.ts';

const auditKinds = ['idea.told', 'idea.answered', 'idea.thanked'] as const;

export const ideasRoom: Room = {
  name: 'ideas',
  routes: ideaRoutes,
  letters: declareLetters(ideaMails),
  auditKinds,
  waiting: [
    {
      section: 'console-standards',
      what: 'ideas',
      path: '/console/ideas',
      roles: ['owner', 'manager'],
      rows: "SELECT 1 FROM staff_ideas WHERE state = 'new'",
    },
  ],
  tables: [takenHome(staffIdeas), takenHome(staffIdeaActs), takenHome(staffIdeaVotes)],
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
