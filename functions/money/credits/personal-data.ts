import { blanked, numbersOf, type PersonalData, teamsAlone } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  credit_requests: { of: 'account_id IN $accounts', columns: { reason: blanked }, team: teamsAlone },
  credit_decisions: { ...numbersOf('request_id IN $credit_requests'), team: teamsAlone },
};
