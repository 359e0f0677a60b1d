import { blanked, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  credit_requests: { of: 'account_id IN $accounts', columns: { reason: blanked } },
  credit_decisions: numbersOf('request_id IN $credit_requests'),
};
