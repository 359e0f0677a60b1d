import type { campaignMails } from '../../../functions/care/campaigns/letters/kinds.ts';
import type { Letter, Letters, Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

/** What stands where the campaign is there no more; else its own words stand here, and the button's lead to its page. */
const news = ({ business }: Pick<Mentions, 'business'>): Letter => ({
  subject: `Новини від ${business}`,
  heading: `Новини від ${business}`,
  paragraphs: ['Цього повідомлення вже немає.'],
  button: 'Читати на нашому сайті',
  notes: [],
});

export const campaigns: Letters<typeof campaignMails> = {
  campaign_news: (_, mentions) => news(mentions),
  campaign_sales: (_, mentions) => news(mentions),
  campaign_service: (_, mentions) => news(mentions),
  campaign_test: (_, mentions) => ({
    ...news(mentions),
    notes: ['Це перевірка: листа отримали тільки ви. Ваучери в ньому несправжні.'],
  }),
};
