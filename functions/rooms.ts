import { letters } from '../languages/letters.ts';
import { adviceRoom } from './care/advice/room.ts';
import { campaignsRoom } from './care/campaigns/room.ts';
import { contactsRoom } from './care/contacts/room.ts';
import { hospitalityRoom } from './care/hospitality/room.ts';
import { momentsRoom } from './care/moments/room.ts';
import { occasionsRoom } from './care/occasions/room.ts';
import { orderRequestsRoom } from './care/order-requests/room.ts';
import { plansRoom } from './care/plans/room.ts';
import { returnsRoom } from './care/returns/room.ts';
import { standardsRoom } from './care/standards/room.ts';
import { clubRoom } from './circle/club/room.ts';
import { referralsRoom } from './circle/referrals/room.ts';
import { archiveRoom } from './desk/archive/room.ts';
import { backupRoom } from './desk/backup/room.ts';
import { consoleRoom } from './desk/console/room.ts';
import { erasureRoom } from './desk/erasure/room.ts';
import { guideRoom } from './desk/guide/room.ts';
import { ideasRoom } from './desk/ideas/room.ts';
import { mergingRoom } from './desk/merging/room.ts';
import { privacyRoom } from './desk/privacy/room.ts';
import { todayRoom } from './desk/today/room.ts';
import { trackingRoom } from './desk/tracking/room.ts';
import { verifyRoom } from './desk/verify/room.ts';
import type { Locale } from './ground/identity/languages.ts';
import { keysRoom } from './ground/keys/room.ts';
import type { LetterWords } from './ground/outbox/letters.ts';
import type { House, Room } from './ground/room.ts';
import { policiesOf } from './ground/settings/moment.ts';
import { attentionRoom } from './insight/attention/room.ts';
import { changesRoom } from './insight/changes/room.ts';
import { factsRoom } from './insight/facts/room.ts';
import { forecastsRoom } from './insight/forecasts/room.ts';
import { hitsRoom } from './insight/hits/room.ts';
import { levelsRoom } from './insight/levels/room.ts';
import { marginsRoom } from './insight/margins/room.ts';
import { numbersRoom } from './insight/numbers/room.ts';
import { opinionsRoom } from './insight/opinions/room.ts';
import { recommendationsRoom } from './insight/recommendations/room.ts';
import { segmentsRoom } from './insight/segments/room.ts';
import { valueRoom } from './insight/value/room.ts';
import { accountsRoom } from './money/accounts/room.ts';
import { businessRoom } from './money/business/room.ts';
import { catalogueRoom } from './money/catalogue/room.ts';
import { creditsRoom } from './money/credits/room.ts';
import { ledgerRoom } from './money/ledger/room.ts';
import { ordersRoom } from './money/orders/room.ts';
import { programmeRoom } from './money/programme/room.ts';
import { redemptionsRoom } from './money/redemptions/room.ts';
import { rehearsalRoom } from './money/rehearsal/room.ts';
import { remindersRoom } from './money/reminders/room.ts';
import { rewardsRoom } from './money/rewards/room.ts';
import { tillRoom } from './money/till/room.ts';
import { waiversRoom } from './money/waivers/room.ts';
import { customersRoom } from './people/customers/room.ts';
import { householdsRoom } from './people/households/room.ts';
import { joiningRoom } from './people/joining/room.ts';
import { locationsRoom } from './people/locations/room.ts';
import { looksRoom } from './people/looks/room.ts';
import { mailRoom } from './people/mail/room.ts';
import { managersRoom } from './people/managers/room.ts';
import { orderArchiveRoom } from './people/order-archive/room.ts';
import { ownFieldsRoom } from './people/own-fields/room.ts';
import { preferencesRoom } from './people/preferences/room.ts';
import { signInRoom } from './people/sign-in/room.ts';
import { staffRoom } from './people/staff/room.ts';
import { textsRoom } from './people/texts/room.ts';
import { thanksRoom } from './people/thanks/room.ts';
import { exportsRoom } from './reach/exports/room.ts';
import { importsRoom } from './reach/imports/room.ts';
import { papersRoom } from './reach/papers/room.ts';
import { feedbackRoom } from './voice/feedback/room.ts';
import { surveysRoom } from './voice/surveys/room.ts';
import { testimonialsRoom } from './voice/testimonials/room.ts';
import { themesRoom } from './voice/themes/room.ts';

/** All rooms. Their jobs run, and their routes are asked, in this order: `/feedback/export` before `/feedback/:id`. */
export const rooms: readonly Room[] = [
  keysRoom,
  businessRoom,
  accountsRoom,
  ledgerRoom,
  programmeRoom,
  catalogueRoom,
  ordersRoom,
  rewardsRoom,
  ownFieldsRoom,
  customersRoom,
  redemptionsRoom,
  waiversRoom,
  tillRoom,
  creditsRoom,
  remindersRoom,
  rehearsalRoom,
  signInRoom,
  staffRoom,
  managersRoom,
  joiningRoom,
  householdsRoom,
  orderArchiveRoom,
  thanksRoom,
  textsRoom,
  preferencesRoom,
  locationsRoom,
  looksRoom,
  mailRoom,
  importsRoom,
  exportsRoom,
  papersRoom,
  feedbackRoom,
  surveysRoom,
  testimonialsRoom,
  themesRoom,
  referralsRoom,
  clubRoom,
  factsRoom,
  forecastsRoom,
  segmentsRoom,
  marginsRoom,
  levelsRoom,
  numbersRoom,
  hitsRoom,
  valueRoom,
  recommendationsRoom,
  attentionRoom,
  opinionsRoom,
  changesRoom,
  contactsRoom,
  campaignsRoom,
  occasionsRoom,
  momentsRoom,
  plansRoom,
  orderRequestsRoom,
  adviceRoom,
  hospitalityRoom,
  returnsRoom,
  standardsRoom,
  ideasRoom,
  guideRoom,
  mergingRoom,
  erasureRoom,
  privacyRoom,
  trackingRoom,
  todayRoom,
  consoleRoom,
  verifyRoom,
  archiveRoom,
  backupRoom,
];

const lettersIn = (language: Locale): LetterWords => letters[language];

/** What rooms say together. */
export function gather(all: readonly Room[]): House {
  const jobs = all.flatMap((room) => room.jobs ?? []);
  const isLast = (job: (typeof jobs)[number]) => job.isLast === true;
  return {
    routes: all.flatMap((room) => room.routes ?? []),
    hooks: all.flatMap((room) => room.hooks ?? []),
    historyKinds: all.flatMap((room) => room.historyKinds ?? []),
    policies: all.flatMap(({ policies = [], moments = [], retentions = [] }) => [
      ...policies,
      ...moments.flatMap(policiesOf),
      ...retentions.map(({ policy }) => policy),
    ]),
    moments: all.flatMap((room) => room.moments ?? []),
    retentions: all.flatMap((room) => room.retentions ?? []),
    features: all.flatMap((room) => room.features ?? []),
    exports: all.flatMap((room) => room.exports ?? []),
    tables: all.flatMap((room) => room.tables ?? []),
    tablesLeft: Object.assign({}, ...all.map((room) => room.tablesLeft ?? {})),
    conflicts: all.flatMap((room) => room.conflicts ?? []),
    waiting: all.flatMap((room) => room.waiting ?? []),
    auditKinds: all.flatMap((room) => room.auditKinds ?? []),
    jobs: [...jobs.filter((job) => !isLast(job)), ...jobs.filter(isLast)],
    followers: all.flatMap((room) => room.followers ?? []),
    letters: new Map(all.flatMap((room) => [...(room.letters?.(lettersIn) ?? [])])),
    personal: Object.assign({}, ...all.map((room) => room.personalData ?? {})),
    kept: Map.groupBy(
      all.filter((room) => room.kept !== undefined),
      ({ kept }) => kept ?? 'who',
    ),
    audiences: all.flatMap((room) => room.audiences ?? []),
    audienceUses: all.flatMap((room) => room.audienceUse ?? []),
    ownFieldUses: all.flatMap((room) => room.ownFieldUses ?? []),
    segmentFields: all.flatMap((room) => room.segmentFields ?? []),
    ownSegmentFields: all.flatMap((room) => room.ownSegmentFields ?? []),
    newcomers: all.flatMap((room) => room.newcomers ?? []),
    unasked: all.flatMap((room) => room.unasked ?? []),
    mailContents: all.flatMap((room) => room.mailContent ?? []),
    mailTakers: all.flatMap((room) => room.mailTaker ?? []),
    surveyOccasions: all.flatMap((room) => room.surveyOccasion ?? []),
    waivers: all.flatMap((room) => room.waivers ?? []),
    orderFollowers: all.flatMap((room) => room.followsOrders ?? []),
    replyStandards: all.flatMap((room) => room.replyStandard ?? []),
  };
}

export const house: House = gather(rooms);
