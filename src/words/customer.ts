import type { CustomerHead } from '../../functions/desk/console/customers/find-head.ts';
import type { Messages } from '../locale.ts';

/** What staff call a customer. */
export function customerTitle({ name, email, key }: CustomerHead, t: Messages): string {
  return name ?? email ?? key ?? t.customers_nameless();
}
