import {
  caseAlerts,
  caseEvents,
  caseReplies,
  cases,
  causeEvents,
  causeSteps,
  causes,
  feedback,
  feedbackAttachments,
  feedbackMentions,
  feedbackMessages,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { countDueCauses } from './causes/list-causes.ts';
import { remindCauses } from './causes/remind-causes.ts';
import { dropOldFiles } from './drop-old-files.ts';
import { feedbackMails } from './letters/kinds.ts';
import { countWaiting } from './list-inbox.ts';
import { personalData } from './personal-data.ts';
import { anonymousFeedback, feedbackFileMonths, replyHours } from './policies.ts';
import { remindOverdue } from './remind-overdue.ts';
import { feedbackRoutes } from './routes.ts';
import { feedbackFields } from './segment-fields.ts';
import { takeReply } from './take-reply.ts';

const historyKinds = [
  'feedback_told',
  'feedback_added',
  'case_answered',
  'case_waiting_for_customer',
  'case_resolved',
  'case_reopened',
  'case_closed',
] as const;
const auditKinds = [
  'feedback.recorded',
  'feedback.answered',
  'feedback.noted',
  'feedback.assigned',
  'feedback.cause_set',
  'feedback.goodwill_given',
  'feedback.moved',
  'feedback.server_set',
  'cause.opened',
  'cause.closed',
  'cause.reopened',
  'cause.planned',
  'cause.step-added',
  'cause.step-moved',
] as const;

export const feedbackRoom: Room = {
  name: 'feedback',
  kept: 'told',
  segmentFields: feedbackFields,
  policies: [replyHours, anonymousFeedback],
  retentions: [{ policy: feedbackFileMonths, drop: dropOldFiles }],
  routes: feedbackRoutes,
  mailTaker: takeReply,
  historyKinds,
  auditKinds,
  jobs: [
    { name: 'cases', everyMinutes: 1, run: remindOverdue },
    { name: 'causes', everyMinutes: 60, run: remindCauses },
  ],
  letters: declareLetters(feedbackMails),
  conflicts: [
    'case_events.feedback_id',
    'refused: case_events',
    'cases.feedback_id',
    'cause_events.cause_id',
  ],
  waiting: [
    {
      section: 'inbox',
      what: 'cases',
      path: '/console/feedback?overdue=yes',
      count: async (ctx) => (await countWaiting(ctx)).overdue,
    },
    { section: 'inbox', what: 'causes', path: '/console/feedback/causes', count: countDueCauses },
  ],
  tables: [
    takenHome(feedback),
    takenHome(feedbackMentions),
    takenHome(feedbackMessages),
    takenHome(feedbackAttachments, { files: { name: 'stored_as', sha256: 'sha256' } }),
    takenHome(causes),
    takenHome(causeSteps),
    takenHome(causeEvents),
    takenHome(cases),
    takenHome(caseEvents),
    takenHome(caseReplies),
    takenHome(caseAlerts),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
