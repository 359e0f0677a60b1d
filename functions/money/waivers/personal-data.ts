import { blanked, numbersOf, ofTeam, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  minimum_waivers: { of: 'account_id IN $accounts', columns: { reason: blanked }, team: ofTeam('reason') },
  minimum_waiver_endings: numbersOf('waiver_id IN $minimum_waivers'),
};
