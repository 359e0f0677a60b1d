import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  campaign_recipients: numbersOf('customer_id IN $customers'),
};
