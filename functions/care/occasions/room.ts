import { customerDays, occasionSettings, occasionWishes } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { occasionMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { wishHour } from './policies.ts';
import { occasionRoutes } from './routes.ts';
import { tellOccasions } from './tell-occasions.ts';

const historyKinds = ['occasion_told', 'occasion_passed', 'own_day_added', 'own_day_ended'] as const;
const auditKinds = ['occasion.set', 'own-day.added', 'own-day.ended'] as const;

export const occasionsRoom: Room = {
  name: 'occasions',
  kept: 'mail',
  routes: occasionRoutes,
  policies: [wishHour],
  jobs: [{ name: 'occasions', everyMinutes: 15, run: tellOccasions }],
  letters: declareLetters(occasionMails),
  historyKinds,
  auditKinds,
  tables: [takenHome(occasionSettings), takenHome(customerDays), takenHome(occasionWishes)],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
