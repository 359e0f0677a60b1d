import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

/** Of who asked: another of the same account may have, whose words and pictures are not the buyer's. */
const asked = 'return_id IN $returns';
const either = '(SELECT id FROM returns WHERE customer_id IN $customers OR asked_by IN $customers)';

export const personalData: PersonalData = {
  returns: {
    of: 'coalesce(asked_by, customer_id) IN $customers',
    columns: { note: { words: 'NULL' } },
  },
  return_lines: numbersOf(asked),
  // What the business says to it is read by both, and may name either.
  return_events: { of: `return_id IN ${either}`, columns: { note: emptied } },
  return_files: {
    of: `${asked} OR kind = 'label' AND return_id IN ${either}`,
    columns: each(blanked, 'name', 'stored_as'),
    isDeleted: true,
  },
  returned_quantities: numbersOf('order_id IN $orders'),
};
