import { insertInto, statement } from '../../db/query.ts';
import { customers, memberships } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { newRoot, type Root } from '../accounts/root.ts';
import { insertAccount, type NewAccount } from '../accounts/statements.ts';
import { newId } from '../platform/ids.ts';
import { departmentKey, type Known, membershipKey } from './known.ts';
import type { OrderDraft } from './order.ts';

const insertCustomer = insertInto(customers);
const insertMembership = insertInto(memberships, 'ON CONFLICT DO NOTHING');

/** Where an order belongs. */
export interface Place {
  customerId: string;
  accountId: string;
}

/** Finds or makes the customers and accounts of the drafts. */
export function openPeople(known: Known, now: number) {
  const statements: Statement[] = [];
  const madeCustomers = new Map<string, string>();
  const madeAccounts = new Map<string, string>();
  const joined = new Set<string>();
  let root: Root | null = null;

  function customerOf(draft: OrderDraft): string {
    const kept = known.customers.get(draft.email);
    if (kept !== undefined) {
      if (madeCustomers.has(draft.email)) return kept.customerId;
      madeCustomers.set(draft.email, kept.customerId);
      if (kept.customerWithdrawnAt !== null) {
        statements.push(statement('UPDATE customers SET withdrawn_at = NULL WHERE id = ?', kept.customerId));
      }
      if (kept.customerName === null && draft.customerName !== null) {
        statements.push(
          statement(
            'UPDATE customers SET name = ? WHERE id = ? AND name IS NULL',
            draft.customerName,
            kept.customerId,
          ),
        );
      }
      return kept.customerId;
    }
    return made(madeCustomers, draft.email, (id) => {
      statements.push(insertCustomer({ id, email: draft.email, name: draft.customerName, createdAt: now }));
    });
  }

  function newAccount(account: NewAccount) {
    const rootId = account.kind === 'department' && root !== null ? root.id : account.id;
    statements.push(insertAccount({ ...account, rootId }, { revision: known.business.revision, now }));
  }

  function rootOf(drafts: readonly OrderDraft[]): Root {
    const first = drafts[0];
    if (first === undefined) return newRoot(newId(), known.business.revision);
    const name = first.account;
    const customerId = name === null ? customerOf(first) : null;
    const keptId =
      name === null ? known.customers.get(first.email)?.own?.id : known.sharedByName.get(name)?.id;
    const kept = known.accounts.get(keptId ?? '');
    root = kept ?? newRoot(newId(), known.business.revision);
    if (kept === undefined) {
      newAccount({
        id: root.id,
        kind: name === null ? 'personal' : 'shared',
        name: name ?? '',
        ownerId: customerId,
      });
    }
    return root;
  }

  function accountOf(draft: OrderDraft, rootId: string): string {
    if (draft.department === null) return rootId;
    const { department } = draft;
    const kept = known.departments.get(departmentKey(rootId, department));
    if (kept !== undefined) return kept.id;
    return made(madeAccounts, department, (id) => {
      newAccount({ id, kind: 'department', name: department, ownerId: null });
    });
  }

  return {
    statements,
    rootOf,
    created: () => [...madeCustomers.keys()].filter((email) => !known.customers.has(email)).length,
    placeOf: (draft: OrderDraft): Place => {
      const customerId = customerOf(draft);
      const accountId = accountOf(draft, root?.id ?? '');
      const key = membershipKey(accountId, customerId);
      if (!known.members.has(key) && !joined.has(key)) {
        joined.add(key);
        statements.push(insertMembership({ accountId, customerId, since: now }));
      }
      return { customerId, accountId };
    },
  };
}

function made(known: Map<string, string>, name: string, make: (id: string) => void): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const id = newId();
  known.set(name, id);
  make(id);
  return id;
}
