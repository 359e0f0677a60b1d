import { insertInto, statement } from '../../../../db/query.ts';
import { customers, memberships } from '../../../../db/schema/index.ts';
import type { Statement, Store } from '../../../../db/store.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { insertAccount } from '../../../money/accounts/open-account.ts';
import type { FeedbackFile } from './parse-told.ts';

const insertCustomer = insertInto(customers, 'ON CONFLICT DO NOTHING');
const insertMembership = insertInto(memberships, 'ON CONFLICT DO NOTHING');

/** Who said something, and for whom. */
export interface Speaker {
  customerId: string;
  /** Their own account, or the company, household or department they spoke for. */
  accountId: string;
  rootId: string;
}

export interface ImportedPeople {
  speakerOf: (told: FeedbackFile) => Speaker | null;
}

/** What is counted of customers that are made: a mark rides along with them. */
interface OnMade {
  add: (customers: number) => void;
  mark: (customers: number) => Statement[];
}

/**
 * Finds the customers and accounts of some rows and makes those that are missing, unclaimed and with an account of their
 * own. A company's name opens nothing: nobody becomes its member by a file of feedback.
 */
export async function openPeople(
  db: Store,
  told: readonly FeedbackFile[],
  terms: { revision: number; now: number; onMade: OnMade },
): Promise<ImportedPeople> {
  const named = new Map(
    told.flatMap((one) => ('email' in one && one.email !== null ? [[one.email, one]] : [])),
  );
  const before = await listByEmail(db, [...named.keys()]);
  const missing = [...named].filter(([email]) => !before.has(email));
  const made = missing.map(([email, { name }]) =>
    insertCustomer({ id: newId(), email, name, createdAt: terms.now }),
  );
  if (made.length > 0) {
    await db.write([...made, ...terms.onMade.mark(made.length)]);
    terms.onMade.add(made.length);
  }
  const ids = made.length > 0 ? await listByEmail(db, [...named.keys()]) : before;
  const wanted = accountsOf(told);
  await makeAccounts(db, { customerIds: [...new Set(ids.values())], wanted }, terms);
  const accounts = await listAccounts(db, { customerIds: [...new Set(ids.values())], wanted });
  return {
    speakerOf: (one) => {
      const customerId = 'email' in one && one.email !== null ? ids.get(one.email) : undefined;
      if (customerId === undefined) return null;
      const found = accounts.get(one.account === null ? `own ${customerId}` : keyOf(one));
      return found === undefined ? null : { customerId, ...found };
    },
  };
}

interface Wanted {
  account: string;
  department: string | null;
}

const keyOf = ({ account, department }: Pick<FeedbackFile, 'account' | 'department'>) =>
  JSON.stringify([account, department]);

function accountsOf(told: readonly FeedbackFile[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { account, department } of told) {
    if (account === null) continue;
    wanted.set(keyOf({ account, department: null }), { account, department: null });
    if (department !== null) wanted.set(keyOf({ account, department }), { account, department });
  }
  return [...wanted.values()];
}

/** By today's address, or one they had before. */
async function listByEmail(db: Store, emails: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.fresh.read({
    sql: `SELECT value, coalesce((SELECT id FROM customers WHERE email = value),
        (SELECT customer_id FROM former_emails WHERE email = value)) FROM json_each(?)`,
    args: [JSON.stringify(emails)],
  });
  return new Map(rows.flatMap(([email, id]) => (id === null ? [] : [[String(email), String(id)]])));
}

async function makeAccounts(
  db: Store,
  { customerIds, wanted }: { customerIds: readonly string[]; wanted: readonly Wanted[] },
  terms: { revision: number; now: number },
): Promise<void> {
  const known = await listAccounts(db, { customerIds, wanted });
  const roots = [
    ...customerIds
      .filter((id) => !known.has(`own ${id}`))
      .flatMap((ownerId): Statement[] => ownAccount(ownerId, terms)),
    ...wanted
      .filter((one) => one.department === null && !known.has(keyOf(one)))
      .map(({ account }) => insertAccount({ id: newId(), kind: 'shared', name: account }, terms)),
  ];
  if (roots.length > 0) await db.write(roots);
  const departments = wanted.filter((one) => one.department !== null && !known.has(keyOf(one)));
  if (departments.length === 0) return;
  const shared = await listAccounts(db, { customerIds: [], wanted });
  await db.write(
    departments.flatMap((one) => {
      const root = shared.get(keyOf({ account: one.account, department: null }));
      if (root === undefined || one.department === null) return [];
      const department = {
        id: newId(),
        rootId: root.rootId,
        kind: 'department',
        name: one.department,
      } as const;
      return [insertAccount(department, terms)];
    }),
  );
}

function ownAccount(ownerId: string, terms: { revision: number; now: number }): Statement[] {
  const id = newId();
  return [
    insertAccount({ id, kind: 'personal', name: '', ownerId }, terms),
    insertMembership({ accountId: id, customerId: ownerId, since: terms.now }),
  ];
}

async function listAccounts(
  db: Store,
  { customerIds, wanted }: { customerIds: readonly string[]; wanted: readonly Wanted[] },
): Promise<Map<string, Omit<Speaker, 'customerId'>>> {
  const [own, named] = await Promise.all([
    db.fresh.read(
      statement(
        'SELECT owner_id, id, root_id FROM accounts WHERE owner_id IN (SELECT value FROM json_each(?))',
        JSON.stringify(customerIds),
      ),
    ),
    db.fresh.read(
      statement(
        `SELECT r.name, CASE WHEN a.id = r.id THEN NULL ELSE a.name END, a.id, a.root_id
         FROM accounts AS r JOIN accounts AS a ON a.root_id = r.id
         WHERE r.kind = 'shared' AND r.name IN (SELECT value FROM json_each(?))`,
        JSON.stringify([...new Set(wanted.map(({ account }) => account))]),
      ),
    ),
  ]);
  const place = (id: unknown, rootId: unknown) => ({ accountId: String(id), rootId: String(rootId) });
  return new Map([
    ...own.map(([owner, id, rootId]) => [`own ${owner}`, place(id, rootId)] as const),
    ...named.map(([account, department, id, rootId]) => {
      const key = keyOf({
        account: String(account),
        department: department === null || department === undefined ? null : String(department),
      });
      return [key, place(id, rootId)] as const;
    }),
  ]);
}
