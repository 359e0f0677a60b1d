import { insertInto, statement } from '../../../../db/query.ts';
import { customerKeys, customers } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { newId } from '../../../ground/platform/ids.ts';
import type { OwnField } from '../../../people/own-fields/own-field.ts';
import { type Reason, wrongIn } from '../reason.ts';
import { type KnownCustomer, type KnownPeople, keyName } from './known.ts';
import type { CustomerRow } from './parse-row.ts';
import { planAccount } from './plan-account.ts';
import { planAnswers } from './plan-answers.ts';

/** What all rows of one import have in common. */
export interface CustomerTerms {
  now: number;
  actor: string;
  revision: number;
  timeZone: string;
  language: string;
  /** Whether the file has a column for the account: only then an empty one means their own. */
  tellsAccounts: boolean;
  /** What the business defined beyond our columns. */
  fields: readonly OwnField[];
}

export type PlannedRow =
  | { ok: false; reason: Reason }
  | {
      ok: true;
      outcome: 'created' | 'updated' | 'unchanged';
      /** Accounts that were made, by names of their own. */
      accounts: string[];
      statements: Statement[];
      /** The root account whose history tells of it; null where nothing changed. */
      rootId: string | null;
      /** Whether its periods have moved with its joining day. */
      isMoved: boolean;
    };

/** Statements of a part of a row, or why it contradicts what is known. */
export type Part = { ok: true; statements: Statement[] } | { ok: false; reason: Reason };

export const contradicts = (column: string, kept: string | number): { ok: false; reason: Reason } => ({
  ok: false,
  reason: wrongIn(column, 'contradicts_known', { kept }),
});

const insertCustomer = insertInto(customers);
const insertKey = insertInto(customerKeys);

/**
 * Says what a row changes: what is not known yet is learnt, what is known stays, and a row that says otherwise is refused
 * whole. `known` then holds what the row taught.
 */
export function planRow(row: CustomerRow, known: KnownPeople, terms: CustomerTerms): PlannedRow {
  const found = findCustomer(row, known);
  if (found === 'two') return { ok: false, reason: wrongIn('customer_key', 'key_of_another') };
  const person = found ?? newCustomer(row);
  const before = structuredClone(person);
  const fields = planFields(row, person, known);
  const answers = fields.ok ? planAnswers(row, person, terms) : fields;
  const account = answers.ok ? planAccount(row, person, { known, terms }) : answers;
  if (!fields.ok || !answers.ok || !account.ok) {
    Object.assign(person, before);
    const refused = [fields, answers, account].find((part) => !part.ok);
    return refused?.ok === false ? refused : { ok: false, reason: wrongIn('email', 'unreadable') };
  }
  const opening = found === null ? [insertCustomer({ ...openingOf(person), createdAt: terms.now })] : [];
  const keys = planKey(row, person, { known, now: terms.now });
  const statements = [
    ...opening,
    ...fields.statements,
    ...keys,
    ...account.statements,
    ...answers.statements,
  ];
  remember(row, person, known);
  return {
    ok: true,
    outcome: found === null ? 'created' : statements.length > 0 ? 'updated' : 'unchanged',
    accounts: account.made,
    statements,
    rootId: statements.length > 0 ? account.rootId : null,
    isMoved: account.isMoved,
  };
}

function findCustomer(
  { email, customer_key, source }: CustomerRow,
  known: KnownPeople,
): KnownCustomer | null | 'two' {
  const byEmail = email === null ? undefined : known.byEmail.get(email);
  const byKey = customer_key === null ? undefined : known.byKey.get(keyName(source, customer_key));
  if (byEmail !== undefined && byKey !== undefined && byEmail !== byKey) return 'two';
  if (byEmail === undefined && byKey !== undefined && byKey.email !== null && email !== null) return 'two';
  return byEmail ?? byKey ?? null;
}

function newCustomer({ email }: CustomerRow): KnownCustomer {
  return {
    ...{ id: newId(), isNew: true, email, name: null, phone: null, address: null, birthYear: null },
    ...{ language: null, memberNumber: null, isWithdrawn: false, rootId: null },
    ...{ answers: new Map(), news: null, notes: [], own: new Map() },
  };
}

const openingOf = ({
  id,
  email,
  name,
  phone,
  address,
  birthYear,
  language,
  memberNumber,
}: KnownCustomer) => ({
  ...{ id, email, name, phone, address, birthYear, language, memberNumber },
});

function planFields(row: CustomerRow, person: KnownCustomer, known: KnownPeople): Part {
  const year =
    row.birthday === null || row.birthday.startsWith('--') ? null : Number(row.birthday.slice(0, 4));
  const fields = [
    ['email', 'email', person.email, row.email],
    ['name', 'name', person.name, row.name],
    ['phone', 'phone', person.phone, row.phone],
    ['address', 'address', person.address, row.address],
    ['birthday', 'birth_year', person.birthYear, year],
    ['language', 'language', person.language, row.language],
    ['member_number', 'member_number', person.memberNumber, row.member_number],
  ] as const;
  const set: [string, string | number][] = [];
  for (const [column, field, kept, told] of fields) {
    if (told === null || told === kept) continue;
    // A former address still finds its owner, whose present one stands.
    if (kept !== null && column === 'email') continue;
    if (kept !== null) return contradicts(column, kept);
    if (column === 'member_number' && known.takenNumbers.has(String(told)))
      return { ok: false, reason: wrongIn('member_number', 'number_of_another') };
    set.push([field, told]);
  }
  Object.assign(person, {
    email: person.email ?? row.email,
    name: person.name ?? row.name,
    phone: person.phone ?? row.phone,
    address: person.address ?? row.address,
    birthYear: person.birthYear ?? year,
    language: person.language ?? row.language,
    memberNumber: person.memberNumber ?? row.member_number,
  });
  const isBack = person.isWithdrawn;
  person.isWithdrawn = false;
  if (person.isNew || (set.length === 0 && !isBack)) return { ok: true, statements: [] };
  const columns = [...set.map(([field]) => `${field} = ?`), 'withdrawn_at = NULL'].join(', ');
  const values = set.map(([, value]) => value);
  return {
    ok: true,
    statements: [statement(`UPDATE customers SET ${columns} WHERE id = ?`, ...values, person.id)],
  };
}

function planKey(
  { customer_key, source }: CustomerRow,
  person: KnownCustomer,
  { known, now }: { known: KnownPeople; now: number },
): Statement[] {
  if (customer_key === null || known.byKey.has(keyName(source, customer_key))) return [];
  return [insertKey({ source, key: customer_key, customerId: person.id, since: now })];
}

function remember(
  { email, customer_key, source }: CustomerRow,
  person: KnownCustomer,
  known: KnownPeople,
): void {
  person.isNew = false;
  if (email !== null) known.byEmail.set(email, person);
  if (customer_key !== null) known.byKey.set(keyName(source, customer_key), person);
  if (person.memberNumber !== null) known.takenNumbers.add(person.memberNumber);
}
