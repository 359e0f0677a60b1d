import { testimonialDecisions, testimonials, testimonialWithdrawals } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { tellChanges } from './changes.ts';
import { testimonialMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { voices } from './policies.ts';

const historyKinds = [
  'testimonial_offered',
  'testimonial_published',
  'testimonial_declined',
  'testimonial_withdrawn',
  'change_told',
] as const;
const auditKinds = ['testimonial.approved', 'testimonial.declined'] as const;

export const testimonialsRoom: Room = {
  name: 'testimonials',
  kept: 'told',
  policies: [voices],
  features: [{ name: 'voices', policy: voices, pages: /^(?:\/account)?\/voices$/ }],
  historyKinds,
  auditKinds,
  jobs: [{ name: 'changes', everyMinutes: 10, run: tellChanges }],
  letters: declareLetters(testimonialMails),
  waiting: [
    {
      section: 'console-testimonials',
      what: 'testimonials',
      path: '/console/testimonials',
      rows: `SELECT 1 FROM testimonials
        WHERE NOT EXISTS (SELECT 1 FROM testimonial_decisions WHERE testimonial_id = testimonials.id)
        AND NOT EXISTS (SELECT 1 FROM testimonial_withdrawals WHERE testimonial_id = testimonials.id)`,
    },
  ],
  tables: [
    takenHome(testimonials),
    takenHome(testimonialDecisions),
    takenHome(testimonialWithdrawals, { after: ['testimonial_decisions'] }),
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
    voices: true;
  }
}
