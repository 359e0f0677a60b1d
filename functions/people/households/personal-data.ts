import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  membership_events: numbersOf('account_id IN $memberships AND customer_id IN $customers'),
};
