import { numbersOf, type PersonalData, teamsAlone } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  procedure_ticks: { ...numbersOf('about_id IN $feedback OR about_id IN $contacts'), team: teamsAlone },
};
