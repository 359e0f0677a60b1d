import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  nearly_notices: numbersOf('root_id IN $accounts'),
};
