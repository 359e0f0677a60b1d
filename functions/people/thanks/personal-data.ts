import { nobodys, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  staff_thanks: nobodys('Of the team.', 'words'),
};
