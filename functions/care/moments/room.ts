import { socialSigns, socialThanks } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { momentMails } from './letters/kinds.ts';
import { mailGate } from './mail-gate.ts';
import { ownMoments } from './moments.ts';
import { personalData } from './personal-data.ts';
import { MOMENTS_JOB } from './place.ts';
import { momentHour } from './policies.ts';
import { momentRoutes } from './routes.ts';
import { workMoments } from './work-moments.ts';

const auditKinds = ['social.logged', 'social.withdrawn'] as const;

export const momentsRoom: Room = {
  name: 'moments',
  kept: 'mail',
  routes: momentRoutes,
  policies: [momentHour],
  moments: ownMoments,
  jobs: [{ name: MOMENTS_JOB, everyMinutes: 15, run: workMoments }],
  letters: declareLetters(momentMails),
  mailContent: mailGate,
  auditKinds,
  tables: [takenHome(socialSigns), takenHome(socialThanks)],
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
