import { statement } from '../../../../db/query.ts';
import type { Row, Store } from '../../../../db/store.ts';
import type { CustomerRow } from './parse-row.ts';

/** What is known of a customer, or will be once the rows before were written. */
export interface KnownCustomer {
  id: string;
  isNew: boolean;
  email: string | null;
  name: string | null;
  phone: string | null;
  address: string | null;
  birthYear: number | null;
  language: string | null;
  memberNumber: string | null;
  isWithdrawn: boolean;
  /** The root of an account they belong to; null for who belongs to none. */
  rootId: string | null;
  answers: Map<string, string | null>;
  news: { isGiven: boolean; at: number } | null;
  notes: string[];
  /** What own fields hold, by key. */
  own: Map<string, string>;
}

export interface KnownAccount {
  id: string;
  rootId: string;
  form: string | null;
  firstPlacedAt: number | null;
  signedUpAt: number | null;
  isWithdrawn: boolean;
}

/** Customers, accounts and who belongs where, of some rows; rows that are planned add to it. */
export interface KnownPeople {
  byEmail: Map<string, KnownCustomer>;
  byKey: Map<string, KnownCustomer>;
  accounts: Map<string, KnownAccount>;
  members: Map<string, 'here' | 'gone'>;
  takenNumbers: Set<string>;
}

export const keyName = (source: string, key: string): string => JSON.stringify([source, key]);
export const sharedName = (account: string): string => JSON.stringify([account]);
export const departmentName = (rootId: string, department: string): string =>
  JSON.stringify([rootId, department]);
export const ownName = (customerId: string): string => `own ${customerId}`;
export const memberName = (accountId: string, customerId: string): string => `${accountId} ${customerId}`;

/** Four round trips, whatever the number of rows. */
export async function loadKnown(db: Store, rows: readonly CustomerRow[]): Promise<KnownPeople> {
  const emails = JSON.stringify(rows.flatMap(({ email }) => email ?? []));
  const keys = JSON.stringify(
    rows.flatMap(({ source, customer_key }) => (customer_key === null ? [] : [[source, customer_key]])),
  );
  const found = await db.read(
    statement(
      `SELECT value, NULL, coalesce((SELECT id FROM customers WHERE email = value),
         (SELECT customer_id FROM former_emails WHERE email = value)) FROM json_each(?)
       UNION ALL SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), (SELECT customer_id
         FROM customer_keys WHERE source = json_extract(value, '$[0]') AND key = json_extract(value, '$[1]')) FROM json_each(?)`,
      emails,
      keys,
    ),
  );
  const ids = JSON.stringify([...new Set(found.flatMap(([, , id]) => (id === null ? [] : [String(id)])))]);
  const names = JSON.stringify([...new Set(rows.flatMap(({ account }) => account ?? []))]);
  const numbers = JSON.stringify(rows.flatMap(({ member_number }) => member_number ?? []));
  const [people, accounts, members, taken] = await Promise.all([
    listPeople(db, ids),
    listAccounts(db, ids, names),
    db.read(
      statement(
        `SELECT account_id, customer_id, until FROM memberships
         WHERE customer_id IN (SELECT value FROM json_each(?))`,
        ids,
      ),
    ),
    db.read(
      statement(
        'SELECT member_number FROM customers WHERE member_number IN (SELECT value FROM json_each(?))',
        numbers,
      ),
    ),
  ]);
  const known: KnownPeople = {
    byEmail: new Map(),
    byKey: new Map(),
    accounts,
    members: new Map(
      members.map(([accountId, customerId, until]) => [
        memberName(String(accountId), String(customerId)),
        until === null ? 'here' : 'gone',
      ]),
    ),
    takenNumbers: new Set(taken.map(([number]) => String(number))),
  };
  for (const [first, key, id] of found) {
    const customer = id === null ? undefined : people.get(String(id));
    if (customer === undefined) continue;
    if (key === null) known.byEmail.set(String(first), customer);
    else known.byKey.set(keyName(String(first), String(key)), customer);
  }
  return known;
}

async function listPeople(db: Store, ids: string): Promise<Map<string, KnownCustomer>> {
  const rows = await db.read(
    statement(
      `SELECT c.id, c.email, c.name, c.phone, c.address, c.birth_year, c.language, c.member_number, c.withdrawn_at,
         (SELECT a.root_id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
           WHERE m.customer_id = c.id AND m.until IS NULL LIMIT 1),
         (SELECT json_group_array(json_array(question, answer)) FROM profile_answers WHERE customer_id = c.id),
         (SELECT json_array(is_given, at) FROM consents WHERE customer_id = c.id AND kind = 'news'
           ORDER BY id DESC LIMIT 1),
         (SELECT json_group_array(text) FROM (SELECT text FROM customer_notes WHERE customer_id = c.id ORDER BY id)),
         (SELECT json_group_array(json_array(field_key, value)) FROM own_field_values WHERE customer_id = c.id)
       FROM customers AS c WHERE c.id IN (SELECT value FROM json_each(?))`,
      ids,
    ),
  );
  return new Map(rows.map((row) => [String(row[0]), toCustomer(row)]));
}

function toCustomer(row: Row): KnownCustomer {
  const text = (at: number) => (row[at] === null || row[at] === undefined ? null : String(row[at]));
  const answers: [string, string | null][] = JSON.parse(text(10) ?? '[]');
  const own: [string, string][] = JSON.parse(text(13) ?? '[]');
  const news: [number, number] | null = JSON.parse(text(11) ?? 'null');
  return {
    id: text(0) ?? '',
    isNew: false,
    email: text(1),
    name: text(2),
    phone: text(3),
    address: text(4),
    birthYear: row[5] === null ? null : Number(row[5]),
    language: text(6),
    memberNumber: text(7),
    isWithdrawn: row[8] !== null,
    rootId: text(9),
    answers: new Map(answers),
    news: news === null ? null : { isGiven: news[0] === 1, at: news[1] },
    notes: JSON.parse(text(12) ?? '[]'),
    own: new Map(own),
  };
}

/** The own accounts of some customers, shared ones by name, and the departments of these. */
async function listAccounts(db: Store, ids: string, names: string): Promise<Map<string, KnownAccount>> {
  const rows = await db.read(
    statement(
      `WITH roots AS (SELECT * FROM accounts WHERE kind = 'shared' AND name IN (SELECT value FROM json_each(?)))
       SELECT id, root_id, kind, name, owner_id, form, first_placed_at, signed_up_at, withdrawn_at FROM accounts
         WHERE owner_id IN (SELECT value FROM json_each(?))
       UNION ALL SELECT id, root_id, kind, name, owner_id, form, first_placed_at, signed_up_at, withdrawn_at FROM roots
       UNION ALL SELECT id, root_id, kind, name, owner_id, form, first_placed_at, signed_up_at, withdrawn_at FROM accounts
         WHERE kind = 'department' AND root_id IN (SELECT id FROM roots)`,
      names,
      ids,
    ),
  );
  return new Map(
    rows.map(([id, rootId, kind, name, ownerId, form, firstPlacedAt, signedUpAt, withdrawnAt]) => {
      const known =
        kind === 'personal'
          ? ownName(String(ownerId))
          : kind === 'shared'
            ? sharedName(String(name))
            : departmentName(String(rootId), String(name));
      const moment = (value: unknown) => (value === null ? null : Number(value));
      return [
        known,
        {
          id: String(id),
          rootId: String(rootId),
          form: form === null ? null : String(form),
          firstPlacedAt: moment(firstPlacedAt),
          signedUpAt: moment(signedUpAt),
          isWithdrawn: withdrawnAt !== null,
        },
      ];
    }),
  );
}
