import {
  attentionActs,
  attentionRecords,
  attentionSayings,
  lapsedCalls,
  needShares,
} from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { countMine } from './count-mine.ts';
import { personalData } from './personal-data.ts';
import { callQuestions, lapsedCaller } from './policies.ts';
import { attentionRoutes } from './routes.ts';
import { isAttentionDue } from './runs/begin-run.ts';
import { workOnAttention } from './runs/work-on-attention.ts';
import { attentionFields } from './segment-fields.ts';

const historyKinds = [
  'attention_assigned',
  'attention_snoozed',
  'attention_closed',
  'attention_reopened',
  'lapse_asked',
  'need_noted',
] as const;
const auditKinds = [
  'attention.assigned',
  'attention.snoozed',
  'attention.closed',
  'attention.reopened',
  'attention.exported',
  'lapse.asked',
  'lapses.exported',
  'need.noted',
] as const;

export const attentionRoom: Room = {
  name: 'attention',
  kept: 'contacts',
  routes: attentionRoutes,
  policies: [lapsedCaller, callQuestions],
  historyKinds,
  auditKinds,
  segmentFields: attentionFields,
  jobs: [{ name: 'attention', everyMinutes: 1, run: workOnAttention, isLast: true, hasWork: isAttentionDue }],
  waiting: [
    {
      section: 'console-attention',
      what: 'attention',
      path: '/console/attention?list=mine',
      count: countMine,
    },
  ],
  tables: [
    takenHome(attentionSayings),
    takenHome(attentionActs),
    takenHome(attentionRecords),
    takenHome(lapsedCalls),
    takenHome(needShares),
  ],
  tablesLeft: {
    attention_runs: {
      why: 'How far the lists of this database have come; they are asked anew.',
      isMadeAnew: true,
    },
    attention_promises: { why: 'What this database has said and has yet to be held to.', isMadeAnew: true },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
