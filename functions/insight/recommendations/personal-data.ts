import { blanked, each, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  recommendation_wishes: numbersOf('customer_id IN $customers'),
  hidden_products: {
    of: 'customer_id IN $customers',
    columns: each(blanked, 'key', 'name'),
    isDeleted: true,
  },
};
