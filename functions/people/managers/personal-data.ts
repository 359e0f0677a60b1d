import { emptied, nobodys, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  account_managers: { of: 'account_id IN $accounts', columns: { why: emptied } },
  staff_profiles: nobodys('Of the team.', 'name', 'phone', 'mail', 'hours', 'words'),
  staff_pictures: nobodys('Of the team.', 'content'),
};
