import {
  clubApplications,
  clubBenefits,
  clubDecisions,
  clubEndings,
  clubEventAnswers,
  clubEventCancellations,
  clubEvents,
  clubInvitationAnswers,
  clubInvitations,
  clubLevels,
  clubMemberships,
  clubSweeps,
  clubWithdrawals,
  directoryChoices,
  directoryMessages,
  dropClaimEndings,
  dropClaims,
  dropClosings,
  dropGrants,
  drops,
  dropWindows,
  panelAnswers,
  panelOutcomes,
  panelQuestions,
  promiseAmends,
  promiseDecisions,
  promiseFindings,
  promiseTellings,
  promiseTellingWithdrawals,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { waivedByClub } from './benefits/waived-minimum.ts';
import { dropUse } from './drops/segment-use.ts';
import { clubMails } from './letters/kinds.ts';
import { standingMails } from './letters/standing-kinds.ts';
import { eventMoment } from './moments.ts';
import { personalData } from './personal-data.ts';
import {
  club,
  clubEntry,
  clubLevelFall,
  clubLevelGrace,
  clubLevelNotice,
  clubLevelPer,
  clubSpend,
  clubSpendPer,
  promiseGift,
} from './policies.ts';
import { workPromises } from './promises/work-promises.ts';
import { clubRoutes } from './routes.ts';
import { clubFields } from './segment-fields.ts';
import { clubNews } from './sweep-spend.ts';
import { workClub } from './work-club.ts';

const historyKinds = [
  'club_joined',
  'club_left',
  'club_invited',
  'club_invitation_declined',
  'club_invitation_withdrawn',
  'club_applied',
  'club_application_withdrawn',
  'club_application_declined',
  'club_benefit_withdrawn',
  'club_level_fell',
  'club_promise_kept',
  'club_promise_broken',
  'club_promise_taken_back',
  'drop_claimed',
  'drop_moved_up',
  'drop_claim_cancelled',
  'drop_claim_expired',
  'drop_claim_collected',
  'event_answered',
  'event_moved_up',
  'directory_shown',
  'directory_left',
  'directory_written',
  'panel_answered',
] as const;
const auditKinds = [
  'benefit.promised',
  'benefit.withdrawn',
  'club.invited',
  'club.invitation-withdrawn',
  'club.application-approved',
  'club.application-declined',
  'club.levels-set',
  'club.member-added',
  'club.member-ended',
  'drop.announced',
  'drop.closed',
  'drop.claim-cancelled',
  'drop.claim-collected',
  'event.announced',
  'event.cancelled',
  'panel.asked',
  'panel.outcome-told',
  'promise.decided',
  'promise.taken-back',
  'promise.told',
] as const;

export const clubRoom: Room = {
  name: 'club',
  kept: 'club',
  audienceUse: dropUse,
  segmentFields: clubFields,
  policies: [
    ...[club, clubSpend, clubSpendPer, clubEntry],
    ...[clubLevelPer, clubLevelFall, clubLevelGrace, clubLevelNotice, promiseGift],
  ],
  moments: [eventMoment],
  features: [{ name: 'club', policy: club, pages: /^(?:\/account)?\/club(?:\/|$)/ }],
  routes: clubRoutes,
  historyKinds,
  auditKinds,
  followers: [clubNews],
  jobs: [
    { name: 'club', everyMinutes: 1, run: workClub },
    { name: 'promises', everyMinutes: 15, run: workPromises },
  ],
  letters: declareLetters({ ...clubMails, ...standingMails }),
  waivers: [waivedByClub],
  conflicts: ['club_event_answers'],
  waiting: [
    {
      section: 'console-club',
      what: 'applications',
      path: '/console/club',
      rows: `SELECT 1 FROM club_applications
        WHERE NOT EXISTS (SELECT 1 FROM club_decisions WHERE application_id = club_applications.id)`,
    },
    {
      section: 'console-club',
      what: 'promises',
      path: '/console/club/promises',
      roles: ['owner', 'manager'],
      rows: `SELECT 1 FROM promise_findings AS f
        WHERE NOT EXISTS (SELECT 1 FROM promise_decisions WHERE finding_id = f.id)
          AND NOT EXISTS (SELECT 1 FROM club_withdrawals WHERE benefit_id = f.promise)`,
    },
  ],
  tables: [
    takenHome(clubMemberships, { lifts: ['club_memberships_one_open'] }),
    takenHome(clubEndings),
    takenHome(clubInvitations),
    takenHome(clubInvitationAnswers),
    takenHome(clubApplications),
    takenHome(clubDecisions),
    takenHome(clubLevels),
    takenHome(clubSweeps),
    takenHome(clubBenefits),
    takenHome(clubWithdrawals),
    takenHome(drops),
    takenHome(dropWindows),
    takenHome(dropClosings),
    takenHome(dropClaims, { lifts: ['drop_claims_while_open'] }),
    takenHome(dropGrants, { lifts: ['drop_grants_within_stock'] }),
    takenHome(dropClaimEndings),
    takenHome(clubEvents),
    takenHome(clubEventCancellations),
    takenHome(clubEventAnswers),
    takenHome(directoryChoices),
    takenHome(directoryMessages),
    takenHome(panelQuestions),
    takenHome(panelAnswers),
    takenHome(panelOutcomes),
    takenHome(promiseTellings),
    takenHome(promiseTellingWithdrawals, { after: ['promise_tellings'] }),
    takenHome(promiseAmends),
    takenHome(promiseFindings),
    takenHome(promiseDecisions),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}

declare module '../../ground/identity/features.ts' {
  interface FeatureNames {
    club: true;
  }
}
