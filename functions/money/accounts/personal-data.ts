import { type ColumnFate, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

/** No two shared accounts have one name. */
const nameless: ColumnFate = { to: "CASE WHEN name = '' THEN '' ELSE '— ' || substr(id, -8) END" };

export const personalData: PersonalData = {
  accounts: { of: 'id IN $accounts', columns: { name: nameless } },
  memberships: {
    of: 'customer_id IN $customers',
    key: 'account_id',
    columns: { until: { to: 'CASE WHEN account_id IN $accounts THEN until ELSE coalesce(until, $now) END' } },
  },
  account_spend: numbersOf('root_id IN $accounts'),
  history: numbersOf('account_id IN $accounts'),
};
