import { referralCodes, referralSteps, referrals } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { referralMails } from './letters/kinds.ts';
import { lookAtReferrals, referralNews } from './look-due.ts';
import { newcomerCare } from './newcomer.ts';
import { personalData } from './personal-data.ts';
import { referral, referralFriend, referralMaxPerMonth, referralMinimum, referralOwn } from './policies.ts';
import { referralRoutes } from './routes.ts';
import { referralFields } from './segment-fields.ts';

const historyKinds = [
  'referral_started',
  'recommended',
  'referral_named',
  'referral_unnamed',
  'referral_code_told',
  'referral_joined',
  'referral_held',
  'referral_released',
  'referral_declined',
  'referral_reopened',
  'referral_appealed',
] as const;
const auditKinds = ['mark.added', 'referral.released', 'referral.declined', 'referral.reopened'] as const;

export const referralsRoom: Room = {
  name: 'referrals',
  kept: 'friends',
  segmentFields: referralFields,
  policies: [referral, referralOwn, referralFriend, referralMinimum, referralMaxPerMonth],
  features: [{ name: 'friends', policy: referral, pages: /^\/account\/friends$/ }],
  routes: referralRoutes,
  historyKinds,
  auditKinds,
  followers: [referralNews],
  jobs: [{ name: 'referrals', everyMinutes: 1, run: lookAtReferrals }],
  letters: declareLetters(referralMails),
  newcomers: newcomerCare,
  conflicts: ['referrals.friend_id'],
  waiting: [
    {
      section: 'referrals',
      what: 'referrals',
      path: '/console/referrals',
      rows: "SELECT 1 FROM referrals WHERE state = 'held'",
    },
  ],
  tables: [takenHome(referralCodes), takenHome(referrals), takenHome(referralSteps)],
  tablesLeft: {
    referral_marks: { why: 'Hashed under the secret of this deployment, and so of no use to another.' },
  },
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
    friends: true;
  }
}
