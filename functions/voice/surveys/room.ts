import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { surveyMails } from './letters/kinds.ts';
import { surveyRestDays } from './policies.ts';
import { surveyRoutes } from './routes.ts';
import { workSurveys } from './work-surveys.ts';

const historyKinds = ['survey_invited', 'survey_answered'] as const;
const auditKinds = [
  'survey.created',
  'survey.saved',
  'survey.opened',
  'survey.closed',
  'survey.sent',
  'survey.invited',
] as const;

export const surveysRoom: Room = {
  name: 'surveys',
  policies: [surveyRestDays],
  routes: surveyRoutes,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'surveys', everyMinutes: 1, run: workSurveys }],
  letters: declareLetters(surveyMails),
  personalData: {
    survey_answers: ['text'],
    survey_finishes: ['language'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
