import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  customer_merges: {
    of: 'survivor_id IN $customers OR merged_id IN $customers',
    columns: each(emptied, 'email', 'reason'),
    // One that was taken back tells of somebody else; what it did stands in the history.
    own: null,
  },
  customer_merge_undos: { of: 'merge_id IN $customer_merges', columns: { reason: emptied } },
  customer_merge_entries: numbersOf('merge_id IN $customer_merges'),
  customer_merge_rows: { of: 'merge_id IN $customer_merges', columns: { row_key: blanked }, isDeleted: true },
};
