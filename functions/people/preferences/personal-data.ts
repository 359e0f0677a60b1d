import { emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  preferences: { of: 'customer_id IN $customers', columns: { basis: emptied } },
  general_preferences: { of: 'customer_id IN $customers', columns: { basis: emptied } },
  tellings: numbersOf('customer_id IN $customers'),
};
