import {
  blanked,
  type ColumnFate,
  numbersOf,
  type PersonalData,
} from '../../ground/personal/personal-data.ts';

/** What carried balance when two customers became one is told by its reason. */
const exceptOfMerges: ColumnFate = {
  to: "CASE WHEN reason GLOB 'merge_*' OR reason GLOB 'split_*' THEN reason ELSE '' END",
};

export const personalData: PersonalData = {
  ledger: numbersOf('account_id IN $accounts'),
  lots: numbersOf('account_id IN $accounts'),
  adjustments: { of: 'account_id IN $accounts', columns: { reason: exceptOfMerges } },
  bonuses: numbersOf('account_id IN $accounts'),
  bonus_reversals: { of: 'account_id IN $accounts', columns: { reason: blanked } },
};
