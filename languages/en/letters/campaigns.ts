import type { campaignMails } from '../../../functions/care/campaigns/letters/kinds.ts';
import type { Letter, Letters, Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

/** What stands where the campaign is there no more; else its own words stand here, and the button's lead to its page. */
const news = ({ business }: Pick<Mentions, 'business'>): Letter => ({
  subject: `News from ${business}`,
  heading: `News from ${business}`,
  paragraphs: ['This message is no longer there.'],
  button: 'Read this on our pages',
  notes: [],
});

export const campaigns: Letters<typeof campaignMails> = {
  campaign_news: (_, mentions) => news(mentions),
  campaign_sales: (_, mentions) => news(mentions),
  campaign_service: (_, mentions) => news(mentions),
  campaign_test: (_, mentions) => ({
    ...news(mentions),
    notes: ['A test: only you got this. Vouchers in it are none.'],
  }),
};
