import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  social_signs: {
    of: 'customer_id IN $customers',
    columns: { link: { to: "CASE WHEN link IS NULL THEN NULL ELSE '—' || id END" } },
  },
  social_thanks: numbersOf('sign_id IN $social_signs'),
};
