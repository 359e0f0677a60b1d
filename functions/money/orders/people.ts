import { insertInto, statement } from '../../../db/query.ts';
import { customerKeys, customers, memberships } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { newId } from '../../ground/platform/ids.ts';
import { insertAccount, type NewAccount } from '../accounts/open-account.ts';
import { newRoot, type Root } from '../accounts/root.ts';
import { departmentKey, type KeptCustomer, membershipKey, type OrderContext } from './load-order-context.ts';
import { buyerId, customerKeyId, type OrderDraft } from './order.ts';

const insertCustomer = insertInto(customers);
const insertKey = insertInto(customerKeys);
const insertMembership = insertInto(memberships, 'ON CONFLICT DO NOTHING');

/** Where an order belongs. */
export interface OrderHome {
  customerId: string;
  accountId: string;
}

/** Finds or makes the customers and accounts of the drafts. */
export function openPeople(known: OrderContext, now: number) {
  const statements: Statement[] = [];
  const customerIds = new Map<string, string>();
  const learntKeys = new Set<string>();
  /** Customers of whom this plan says the email first. */
  const emailOf = new Map<string, string>();
  const madeAccounts = new Map<string, string>();
  const joined = new Set<string>();
  const createdCustomers: string[] = [];
  /** Drafts that said something of their customer that was not known. */
  const taught = new Set<OrderDraft>();
  let root: Root | null = null;

  function customerOf(draft: OrderDraft): string {
    const name = buyerId(draft);
    const said = statements.length;
    const customerId = customerIds.get(name) ?? findOrMake(draft);
    customerIds.set(name, customerId);
    learnKey(draft, customerId);
    if (statements.length > said) taught.add(draft);
    return customerId;
  }

  function findOrMake(draft: OrderDraft): string {
    const kept = findBuyer(known, draft);
    if (kept !== undefined && takesEmail(kept.customerId, kept.email, draft)) {
      refresh(kept, draft);
      return kept.customerId;
    }
    const { buyer, source } = draft;
    const keyId = buyer.kind === 'email' && buyer.key !== null ? customerKeyId(source, buyer.key) : '';
    const keyed = customerIds.get(keyId);
    return keyed !== undefined && takesEmail(keyed, null, draft) ? keyed : makeCustomer(draft);
  }

  /** Whether a draft's email is a customer's, or becomes it now. */
  function takesEmail(customerId: string, kept: string | null, { buyer }: OrderDraft): boolean {
    if (buyer.kind !== 'email' || kept !== null) return true;
    const taken = emailOf.get(customerId);
    if (taken !== undefined) return taken === buyer.email;
    emailOf.set(customerId, buyer.email);
    statements.push(statement('UPDATE customers SET email = ? WHERE id = ?', buyer.email, customerId));
    return true;
  }

  function makeCustomer(draft: OrderDraft): string {
    const { source, buyer, customerName } = draft;
    const id = newId();
    createdCustomers.push(buyerId(draft));
    const email = buyer.kind === 'email' ? buyer.email : null;
    if (email !== null) emailOf.set(id, email);
    statements.push(insertCustomer({ id, email, name: customerName, createdAt: now }));
    if (buyer.kind === 'key') {
      statements.push(insertKey({ source, key: buyer.key, customerId: id, since: now }));
    }
    return id;
  }

  function refresh(kept: KeptCustomer, { customerName, buyer }: OrderDraft): void {
    // Who was erased stays so, whatever is told of an order of theirs.
    const isNobody = buyer.kind === 'customer' && kept.email === null;
    if (kept.customerWithdrawnAt !== null && !isNobody) {
      statements.push(statement('UPDATE customers SET withdrawn_at = NULL WHERE id = ?', kept.customerId));
    }
    if (kept.customerName === null && customerName !== null) {
      const naming = 'UPDATE customers SET name = ? WHERE id = ? AND name IS NULL';
      statements.push(statement(naming, customerName, kept.customerId));
    }
  }

  /** A key told beside an email means the customer of that email from then on. */
  function learnKey({ source, buyer }: OrderDraft, customerId: string): void {
    if (buyer.kind !== 'email' || buyer.key === null) return;
    const id = customerKeyId(source, buyer.key);
    const holder = known.customers.get(id);
    const isMadeHere = customerIds.get(id) === customerId;
    customerIds.set(id, customerId);
    if (isMadeHere || learntKeys.has(id) || holder?.customerId === customerId) return;
    learntKeys.add(id);
    statements.push(
      holder === undefined
        ? insertKey({ source, key: buyer.key, customerId, since: now })
        : statement(
            'UPDATE customer_keys SET customer_id = ?, since = ? WHERE source = ? AND key = ?',
            customerId,
            now,
            source,
            buyer.key,
          ),
    );
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
    const keptId = name === null ? findBuyer(known, first)?.own?.id : known.sharedByName.get(name)?.id;
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
    created: (): readonly string[] => createdCustomers,
    /** Whether a draft that names its customer in two ways says something that was not known. */
    learn: (draft: OrderDraft): boolean => {
      if (draft.buyer.kind !== 'email' || draft.buyer.key === null) return false;
      customerOf(draft);
      return taught.has(draft);
    },
    placeOf: (draft: OrderDraft): OrderHome => {
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

/**
 * Whom a draft means among those we have. An email stands above a key; one that nobody has yet becomes the email of
 * who was known by the key alone.
 */
export function findBuyer(known: OrderContext, draft: OrderDraft): KeptCustomer | undefined {
  const kept = known.customers.get(buyerId(draft));
  const { buyer } = draft;
  if (kept !== undefined || buyer.kind !== 'email' || buyer.key === null) return kept;
  const keyed = known.customers.get(customerKeyId(draft.source, buyer.key));
  return keyed?.email === null ? keyed : undefined;
}

function made(known: Map<string, string>, name: string, make: (id: string) => void): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const id = newId();
  known.set(name, id);
  make(id);
  return id;
}
