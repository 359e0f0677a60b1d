import { nobodys, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  staff: nobodys('Of the team.', 'email', 'name'),
};
