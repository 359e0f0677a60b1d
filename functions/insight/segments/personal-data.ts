import { nobodys, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  segment_versions: nobodys('What the business asks.', 'name', 'definition'),
};
