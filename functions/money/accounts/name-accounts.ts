import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, customers } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { listed } from './account-columns.ts';

/** What an account is called in a list, and where it leads. */
export interface NamedAccount {
  id: string;
  kind: 'personal' | 'household' | 'company';
  /** The company's or household's; a person's, else the address or key they are known by. Empty for nobody known. */
  name: string;
  /** Whose own account it is; null for one that is shared. */
  customerId: string | null;
}

/** SQL of the kind of a root account, by its alias. */
export const accountKind = (of: string) =>
  `CASE WHEN ${of}.kind = 'personal' THEN 'personal' WHEN ${of}.form = 'household' THEN 'household' ELSE 'company' END`;

const listNamed = query((db) =>
  db
    .select({
      id: accounts.id,
      kind: sql<NamedAccount['kind']>`${sql.raw(accountKind('accounts'))}`,
      name: sql<string>`CASE WHEN ${accounts.kind} <> 'personal' THEN ${accounts.name}
        ELSE coalesce(${customers.name}, ${customers.email}, (SELECT source || ' ' || key FROM customer_keys
          WHERE customer_id = ${customers.id} ORDER BY source, key LIMIT 1), '') END`,
      customerId: accounts.ownerId,
    })
    .from(accounts)
    .leftJoin(customers, eq(customers.id, accounts.ownerId))
    .where(sql`${accounts.id} IN ${listed('ids')}`),
);

/** The names of some root accounts, by their ids; who may know them is asked before. */
export async function nameAccounts(db: Store, ids: readonly string[]): Promise<(id: string) => NamedAccount> {
  const rows = await listNamed(db, { ids: JSON.stringify(ids) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => byId.get(id) ?? { id, kind: 'personal', name: '', customerId: null };
}
