import { each, emptied, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  customers: {
    of: 'id IN $customers',
    columns: {
      ...each(emptied, 'email', 'name', 'member_number', 'phone', 'address', 'language', 'birth_year'),
      ...each(emptied, 'claimed_at', 'closed_at', 'inbox_seen_at'),
      withdrawn_at: { to: 'coalesce(withdrawn_at, $now)' },
    },
  },
  customer_keys: { of: 'customer_id IN $customers', columns: { key: emptied }, isDeleted: true },
};
