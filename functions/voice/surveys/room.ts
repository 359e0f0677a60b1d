import {
  surveyAnswers,
  surveyFinishes,
  surveyInvitations,
  surveySendings,
  surveys,
  surveyTopics,
  surveyVersions,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { surveyMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { surveyRestDays } from './policies.ts';
import { surveyRoutes } from './routes.ts';
import { surveyFields } from './segment-fields.ts';
import { sendingUse } from './segment-use.ts';
import { linkHash } from './token.ts';
import { workSurveys } from './work-surveys.ts';

const historyKinds = ['survey_invited', 'survey_answered'] as const;
const auditKinds = [
  'survey.created',
  'survey.saved',
  'survey.opened',
  'survey.closed',
  'survey.sent',
  'survey.invited',
  'topics.saved',
] as const;

export const surveysRoom: Room = {
  name: 'surveys',
  kept: 'told',
  audienceUse: sendingUse,
  segmentFields: surveyFields,
  policies: [surveyRestDays],
  routes: surveyRoutes,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'surveys', everyMinutes: 1, run: workSurveys }],
  letters: declareLetters(surveyMails),
  tables: [
    takenHome(surveys),
    takenHome(surveyVersions),
    takenHome(surveyInvitations, {
      without: { token_hash: ({ id }, { config }) => linkHash(config.secret, String(id)) },
      lifts: ['survey_rest'],
    }),
    takenHome(surveyAnswers),
    takenHome(surveyFinishes, { after: ['survey_answers'] }),
    takenHome(surveySendings),
    takenHome(surveyTopics),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
