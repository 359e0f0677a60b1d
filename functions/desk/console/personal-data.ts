import {
  blanked,
  emptied,
  numbersOf,
  ofTeam,
  type PersonalData,
  teamsAlone,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  customer_figures: { of: 'customer_id IN $customers', columns: { name_key: emptied }, isDeleted: true },
  customer_notes: {
    of: 'customer_id IN $customers',
    columns: { text: blanked },
    isDeleted: true,
    team: teamsAlone,
  },
  audit_log: {
    ...numbersOf("subject_kind = 'customer' AND subject_id IN $customers"),
    team: ofTeam('detail'),
  },
};
