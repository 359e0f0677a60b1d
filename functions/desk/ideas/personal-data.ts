import { nobodys, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  staff_ideas: nobodys('Of the team.', 'title', 'text'),
  staff_idea_acts: nobodys('Of the team.', 'words'),
};
