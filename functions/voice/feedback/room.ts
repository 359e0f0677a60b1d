import {
  caseAlerts,
  caseEvents,
  cases,
  causes,
  feedback,
  feedbackAttachments,
  feedbackMessages,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { feedbackMails } from './letters/kinds.ts';
import { countWaiting } from './list-inbox.ts';
import { anonymousFeedback, replyHours } from './policies.ts';
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
  'cause.opened',
  'cause.closed',
  'cause.reopened',
] as const;

export const feedbackRoom: Room = {
  name: 'feedback',
  segmentFields: feedbackFields,
  policies: [replyHours, anonymousFeedback],
  routes: feedbackRoutes,
  mailTaker: takeReply,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'cases', everyMinutes: 1, run: remindOverdue }],
  letters: declareLetters(feedbackMails),
  conflicts: ['case_events.feedback_id', 'refused: case_events', 'cases.feedback_id'],
  waiting: [
    {
      section: 'inbox',
      what: 'cases',
      path: '/console/feedback?overdue=yes',
      count: async (ctx) => (await countWaiting(ctx)).overdue,
    },
  ],
  tables: [
    takenHome(feedback),
    takenHome(feedbackMessages),
    takenHome(feedbackAttachments, { files: { name: 'stored_as', sha256: 'sha256' } }),
    takenHome(causes),
    takenHome(cases),
    takenHome(caseEvents),
    takenHome(caseAlerts),
  ],
  personalData: {
    feedback: ['served_by', 'page', 'text', 'language'],
    feedback_messages: ['text', 'quoted', 'left_out'],
    feedback_attachments: ['name', 'stored_as'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
