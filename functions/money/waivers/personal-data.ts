import { blanked, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  minimum_waivers: { of: 'account_id IN $accounts', columns: { reason: blanked } },
  minimum_waiver_endings: numbersOf('waiver_id IN $minimum_waivers'),
};
