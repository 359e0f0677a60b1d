import {
  blanked,
  emptied,
  numbersOf,
  ofTeam,
  type PersonalData,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  referral_codes: { of: 'customer_id IN $customers', columns: { code: blanked }, isDeleted: true },
  referrals: numbersOf('referrer_id IN $customers OR friend_id IN $customers'),
  referral_steps: {
    of: 'referral_id IN $referrals',
    columns: { text: emptied },
    team: ofTeam('text', 'against'),
  },
  referral_marks: { of: 'customer_id IN $customers', columns: { mark: blanked }, isDeleted: true },
};
