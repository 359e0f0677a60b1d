import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  erasures: numbersOf('customer_id IN $customers'),
  erasure_requests: numbersOf('customer_id IN $customers'),
};
