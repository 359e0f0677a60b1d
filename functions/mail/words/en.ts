import { en as club } from '../letters/club/en.ts';
import { en as feedback } from '../letters/feedback/en.ts';
import { en as joining } from '../letters/joining/en.ts';
import { en as orders } from '../letters/orders/en.ts';
import { en as referrals } from '../letters/referrals/en.ts';
import { en as rewards } from '../letters/rewards/en.ts';
import { en as signIn } from '../letters/sign-in/en.ts';
import { en as staff } from '../letters/staff/en.ts';
import { en as surveys } from '../letters/surveys/en.ts';
import { en as testimonials } from '../letters/testimonials/en.ts';
import { firstName, type Words } from './words.ts';

export const en: Words = {
  greeting: (name, form) => {
    if (name === null) return 'Hello,';
    return form === 'formal' ? `Dear ${name},` : `Hello ${firstName(name)},`;
  },
  reason: (business) => `Sent to you by ${business}.`,
  unsubscribe: 'Unsubscribe',
  letters: {
    ...club,
    ...feedback,
    ...joining,
    ...orders,
    ...referrals,
    ...rewards,
    ...signIn,
    ...staff,
    ...surveys,
    ...testimonials,
  },
};
