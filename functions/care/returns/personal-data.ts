import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  returns: { of: 'customer_id IN $customers', columns: { note: { words: 'NULL' } } },
  return_lines: numbersOf('return_id IN $returns'),
  return_events: { of: 'return_id IN $returns', columns: { note: emptied } },
  return_files: {
    of: 'return_id IN $returns',
    columns: each(blanked, 'name', 'stored_as'),
    isDeleted: true,
  },
  returned_quantities: numbersOf('order_id IN $orders'),
};
