import {
  campaignActs,
  campaignPictures,
  campaignRecipients,
  campaignSkips,
  campaigns,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { campaignContentOf } from './content/mail-content.ts';
import { campaignMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { campaignRoutes } from './routes.ts';
import { campaignUse } from './segment-use.ts';
import { isCampaignDue, workCampaigns } from './sending/work-campaigns.ts';

const auditKinds = [
  'campaign.created',
  'campaign.saved',
  'campaign.tested',
  'campaign.scheduled',
  'campaign.unscheduled',
  'campaign.stopped',
] as const;

export const campaignsRoom: Room = {
  name: 'campaigns',
  kept: 'mail',
  routes: campaignRoutes,
  jobs: [{ name: 'campaigns', everyMinutes: 1, run: workCampaigns, hasWork: isCampaignDue }],
  letters: declareLetters(campaignMails),
  mailContent: campaignContentOf,
  audienceUse: campaignUse,
  auditKinds,
  conflicts: ['campaign_acts.campaign_id'],
  tables: [
    takenHome(campaigns),
    takenHome(campaignActs),
    takenHome(campaignRecipients),
    takenHome(campaignSkips),
    takenHome(campaignPictures),
  ],
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
