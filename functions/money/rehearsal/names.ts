import type { Store } from '../../../db/store.ts';
import { listNames } from './queries.ts';

export interface AccountName {
  /** As commands take it: the email of its owner, the name of a company or household, else the account's id. */
  account: string;
  /** As people call it. */
  title: string;
  /** The one person it belongs to; null where several share it. */
  customerId: string | null;
}

const NAMES_PER_READ = 2000;

export async function namesOf(
  db: Store,
  named: readonly { accountId: string }[],
): Promise<ReadonlyMap<string, AccountName>> {
  const ids = [...new Set(named.map(({ accountId }) => accountId))];
  const names = new Map<string, AccountName>();
  for (let from = 0; from < ids.length; from += NAMES_PER_READ) {
    const rows = await listNames(db, { ids: JSON.stringify(ids.slice(from, from + NAMES_PER_READ)) });
    for (const { id, kind, name, customerId, email, customerName } of rows) {
      const account = (kind === 'personal' ? email : name) ?? id;
      const title = (kind === 'personal' ? (customerName ?? email) : name) ?? id;
      names.set(id, { account, title, customerId });
    }
  }
  return names;
}
