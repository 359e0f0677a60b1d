import type { ListColumn } from '../../functions/desk/console/customers/columns.ts';
import { COUNTED_MAX, type CustomerSort } from '../../functions/desk/console/customers/customer-filter.ts';
import type { CustomersPage, ListedCustomer } from '../../functions/desk/console/customers/list-customers.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

export function columnWords(column: ListColumn, t: Messages): string {
  return labels[column](t);
}

const labels: Record<ListColumn, (t: Messages) => string> = {
  email: (t) => t.customers_col_email(),
  phone: (t) => t.customers_col_phone(),
  number: (t) => t.customers_col_number(),
  account: (t) => t.customers_col_account(),
  spend: (t) => t.customers_col_spend(),
  year: (t) => t.value_year(),
  expected: (t) => t.value_ahead(),
  orders: (t) => t.customers_col_orders(),
  last: (t) => t.customers_col_last(),
  balance: (t) => t.customers_col_balance(),
  joined: (t) => t.customers_col_joined(),
  member: (t) => t.customers_col_member(),
  club: (t) => t.customers_col_club(),
  news: (t) => t.customers_col_news(),
  manager: (t) => t.managers_one(),
};

/** What a column is sorted by; null where it cannot be. */
export function sortOf(column: ListColumn): CustomerSort | null {
  return column === 'spend' || column === 'last' || column === 'balance' || column === 'joined'
    ? column
    : null;
}

export const isNumeric = (column: ListColumn): boolean =>
  ['spend', 'year', 'expected', 'orders', 'balance'].includes(column);

/** How many customers there are, as far as they are counted. */
export function countWords(
  { total, isTotalOpen }: Pick<CustomersPage, 'total' | 'isTotalOpen'>,
  { t, formats }: { t: Messages; formats: Formats },
): string {
  const shown = formats.number(total);
  if (!isTotalOpen) return t.customers_count({ n: total, shown });
  return total === COUNTED_MAX ? t.customers_count_more({ shown }) : t.customers_count_least({ shown });
}

/** What a cell says. */
export function cellWords(
  column: ListColumn,
  customer: ListedCustomer,
  { t, formats, currency }: { t: Messages; formats: Formats; currency: string | null },
): string {
  const { money, number, day } = formats;
  const amount = (minor: bigint) => (currency === null ? '' : money({ minor, currency }));
  const yesOrNo = (isSo: boolean) => (isSo ? t.customers_yes() : t.customers_no());
  switch (column) {
    case 'email':
      return customer.email ?? customer.key ?? '';
    case 'phone':
      return customer.phone ?? '';
    case 'number':
      return customer.memberNumber ?? '';
    case 'account':
      return customer.accountName ?? t.customers_kind_personal();
    case 'spend':
      return amount(customer.spendMinor);
    case 'year':
      return amount(customer.yearSpendMinor);
    case 'expected':
      return customer.expectedMinor === null ? '–' : amount(customer.expectedMinor);
    case 'orders':
      return number(customer.orderCount);
    case 'last':
      return customer.lastPlacedAt === null ? t.customers_never() : day(customer.lastPlacedAt);
    case 'balance':
      return amount(customer.balanceMinor);
    case 'joined':
      return day(customer.joinedAt);
    case 'member':
      return yesOrNo(customer.isClaimed);
    case 'club':
      return yesOrNo(customer.isInClub);
    case 'news':
      return yesOrNo(customer.wantsNews);
    case 'manager':
      return customer.manager ?? '';
  }
}
