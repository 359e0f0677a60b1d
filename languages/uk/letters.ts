import type { LetterWords } from '../../functions/ground/outbox/letters.ts';
import { books } from './letters/books.ts';
import { campaigns } from './letters/campaigns.ts';
import { club } from './letters/club.ts';
import { clubStanding } from './letters/club-standing.ts';
import { contacts } from './letters/contacts.ts';
import { erasure } from './letters/erasure.ts';
import { feedback } from './letters/feedback.ts';
import { ideas } from './letters/ideas.ts';
import { joining } from './letters/joining.ts';
import { moments } from './letters/moments.ts';
import { occasions } from './letters/occasions.ts';
import { orderRequests } from './letters/order-requests.ts';
import { orders } from './letters/orders.ts';
import { papers } from './letters/papers.ts';
import { redemptions } from './letters/redemptions.ts';
import { referrals } from './letters/referrals.ts';
import { returns } from './letters/returns.ts';
import { rewards } from './letters/rewards.ts';
import { signIn } from './letters/sign-in.ts';
import { staff } from './letters/staff.ts';
import { surveys } from './letters/surveys.ts';
import { testimonials } from './letters/testimonials.ts';
import { thanks } from './letters/thanks.ts';
import { tracking } from './letters/tracking.ts';

export const letters: LetterWords = {
  ...books,
  ...campaigns,
  ...club,
  ...clubStanding,
  ...contacts,
  ...erasure,
  ...feedback,
  ...ideas,
  ...joining,
  ...moments,
  ...occasions,
  ...orderRequests,
  ...orders,
  ...papers,
  ...redemptions,
  ...referrals,
  ...returns,
  ...rewards,
  ...signIn,
  ...staff,
  ...surveys,
  ...testimonials,
  ...thanks,
  ...tracking,
};
