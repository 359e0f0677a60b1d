import { blanked, each, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  customer_days: { of: 'customer_id IN $customers', columns: each(blanked, 'name', 'day'), isDeleted: true },
  occasion_wishes: numbersOf('customer_id IN $customers'),
};
