import { emptied, nobodys, ofTeam, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  account_managers: { of: 'account_id IN $accounts', columns: { why: emptied }, team: ofTeam('why') },
  staff_profiles: nobodys('Of the team.', 'name', 'phone', 'mail', 'hours', 'words'),
  staff_pictures: nobodys('Of the team.', 'content'),
};
