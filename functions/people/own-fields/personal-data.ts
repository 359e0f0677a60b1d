import { blanked, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  own_field_values: {
    of: 'customer_id IN $customers',
    columns: { value: blanked },
    isDeleted: true,
    team: { rows: "field_key IN (SELECT key FROM own_fields WHERE customers = 'nothing')" },
  },
};
