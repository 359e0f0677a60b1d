import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  account_pins: numbersOf('root_id IN $accounts'),
};
