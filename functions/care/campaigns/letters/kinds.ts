import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

/** `code` is that of the voucher that the campaign gave the account. */
const params = z.object({ campaignId: z.string(), rootId: z.string(), code: z.string().optional() });
const link = ({ campaignId }: { campaignId: string }) => `/account/news/${campaignId}`;
const toMany = { urgency: 'bulk', params, link } as const;

/** What they say is looked up when their turn comes: the words of kinds here are those of a campaign that is gone. */
export const campaignMails = {
  campaign_news: mailKind({ ...toMany, topic: 'news', isUnasked: true }),
  campaign_sales: mailKind({ ...toMany, topic: 'news', isUnasked: true }),
  campaign_service: mailKind({ ...toMany, topic: 'service' }),
  /** To one of the team, as it would be to a customer. */
  campaign_test: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ campaignId: z.string(), as: z.string() }),
    link: ({ campaignId }) => `/console/campaigns/${campaignId}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof campaignMails> {}
}

/** The mails of campaigns themselves. */
export const sentKinds = {
  news: 'campaign_news',
  sales: 'campaign_sales',
  service: 'campaign_service',
} as const;
