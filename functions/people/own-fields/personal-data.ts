import { blanked, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  own_field_values: { of: 'customer_id IN $customers', columns: { value: blanked }, isDeleted: true },
};
