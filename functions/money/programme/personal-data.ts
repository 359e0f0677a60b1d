import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  counted_spend: numbersOf('root_id IN $accounts'),
  period_totals: numbersOf('root_id IN $accounts'),
  audience_entries: numbersOf('account_id IN $accounts'),
  audience_exits: numbersOf('account_id IN $accounts'),
};
