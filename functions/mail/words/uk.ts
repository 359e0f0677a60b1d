import { uk as club } from '../letters/club/uk.ts';
import { uk as feedback } from '../letters/feedback/uk.ts';
import { uk as joining } from '../letters/joining/uk.ts';
import { uk as orders } from '../letters/orders/uk.ts';
import { uk as referrals } from '../letters/referrals/uk.ts';
import { uk as rewards } from '../letters/rewards/uk.ts';
import { uk as signIn } from '../letters/sign-in/uk.ts';
import { uk as staff } from '../letters/staff/uk.ts';
import { uk as surveys } from '../letters/surveys/uk.ts';
import { uk as testimonials } from '../letters/testimonials/uk.ts';
import { firstName, type Words } from './words.ts';

export const uk: Words = {
  greeting: (name, form) => {
    if (name === null) return 'Вітаємо!';
    return form === 'formal' ? `Доброго дня, ${name}!` : `Вітаємо, ${firstName(name)}!`;
  },
  reason: (business) => `Цього листа вам надсилає ${business}.`,
  unsubscribe: 'Скасувати підписку на такі листи',
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
