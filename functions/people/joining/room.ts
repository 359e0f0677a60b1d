import {
  consents,
  consentTexts,
  joinDecisions,
  joinInvitationEnds,
  joinInvitations,
  joinRequests,
  profileAnswers,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { joiningMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { registration } from './policies.ts';
import { joiningRoutes } from './routes.ts';
import { joiningFields } from './segment-fields.ts';

const historyKinds = [
  'consent_given',
  'consent_withdrawn',
  'question_answered',
  'question_declined',
] as const;
const auditKinds = [
  'invitation.sent',
  'invitation.withdrawn',
  'join_request.approved',
  'join_request.declined',
] as const;

export const joiningRoom: Room = {
  name: 'joining',
  kept: 'who',
  segmentFields: joiningFields,
  policies: [registration],
  routes: joiningRoutes,
  historyKinds,
  auditKinds,
  letters: declareLetters(joiningMails),
  waiting: [
    {
      section: 'console-joining',
      what: 'join_requests',
      path: '/console/joining',
      rows: `SELECT 1 FROM join_requests
        WHERE NOT EXISTS (SELECT 1 FROM join_decisions WHERE request_id = join_requests.id)`,
    },
  ],
  tables: [
    takenHome(consentTexts, { standing: 'give_way', lifts: ['consent_texts_no_delete'] }),
    takenHome(consents),
    takenHome(profileAnswers),
    takenHome(joinInvitations),
    takenHome(joinInvitationEnds),
    takenHome(joinRequests),
    takenHome(joinDecisions),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
