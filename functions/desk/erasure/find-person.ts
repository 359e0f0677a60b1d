import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { callingCodeOf, toPhoneNumber } from '../../care/contacts/phone-number.ts';
import type { DataSubject } from '../../ground/personal/personal-data.ts';
import type { Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { findOthersCalled } from './find-others-called.ts';
import { formsOf, withoutShared, wordsOf } from './known-by.ts';

/** Somebody, as all tables know them. */
export interface KnownSubject extends DataSubject {
  /** Who survived all merges; the others went into them. */
  customerId: string;
  /** Their own account, where they have one. */
  rootId: string | null;
  email: string | null;
  name: string | null;
  language: string | null;
  /** What names them in texts of their own rows, parts of their names as well. */
  forms: readonly string[];
}

/**
 * By an address that a customer has or had, or an id; null where there is none.
 * @throws {AppError} `bad_request` for an address that somebody has and somebody else had
 */
export async function findCustomerNamed(ctx: Pick<Context, 'db'>, named: string): Promise<string | null> {
  const email = knownEmail(named.trim());
  const [byEmail, ...others] = email === null ? [] : await listCustomersByAnyEmail(ctx.db.fresh, { email });
  if (byEmail !== undefined && others.length > 0) throw ambiguous(email, [byEmail, ...others]);
  if (byEmail !== undefined) return byEmail.id;
  const rows = await ctx.db.fresh.read(statement('SELECT id FROM customers WHERE id = ?', named.trim()));
  return textOf(rows[0]?.[0]);
}

function ambiguous(email: string | null, found: readonly { id: string; email: string | null }[]): AppError {
  const told = found.map((one) => `${one.id} ${one.email === email ? 'has' : 'had'} it`);
  return new AppError('bad_request', `${email} is of several customers: ${told.join(', ')}. Give the id.`);
}

/** A customer with all who were merged into them, and with what is theirs alone; null where there is none. */
export async function findPerson(ctx: Context, customerId: string): Promise<KnownSubject | null> {
  const db = ctx.db.fresh;
  const survivorId = await findSurvivor(db, customerId);
  const customerIds = await listTexts(db, mergedInto, survivorId);
  const ids = JSON.stringify(customerIds);
  const [people, accounts, rootIds, former, keys] = await Promise.all([
    db.read(
      statement(
        `SELECT id, email, name, phone, member_number, language FROM customers WHERE id ${among}`,
        ids,
      ),
    ),
    db.read(statement(ownAccounts, ids, ids, ids)),
    listTexts(db, roots, ids, ids),
    listTexts(db, formerAddresses, ids, ids, ids, ids),
    listTexts(db, `SELECT key FROM customer_keys WHERE customer_id ${among}`, ids),
  ]);
  const self = people.find(([id]) => id === survivorId);
  if (self === undefined) return null;
  const column = (index: number) => people.flatMap((row) => textOf(row[index]) ?? []);
  const had = [...new Set([...column(1), ...former])];
  const taken = await listTexts(db, ofOthers, JSON.stringify(had), ids, JSON.stringify(had), ids);
  const addresses = had.filter((address) => !taken.includes(address));
  const known = {
    ...{ names: column(2), phones: column(3), keys: [...column(4), ...keys] },
    ...{ addresses, formerAddresses: taken },
  };
  const telling = withoutShared(known, await findOthersCalled(db, known, customerIds));
  return {
    ...{ customerId: survivorId, customerIds, addresses, rootIds },
    accountIds: accounts.flatMap(([id]) => textOf(id) ?? []),
    rootId: textOf(accounts.find(([, ownerId]) => ownerId === survivorId)?.[0]),
    ...{ email: textOf(self[1]), name: textOf(self[2]), language: textOf(self[5]) },
    numbers: await callersOf(ctx, telling.phones),
    words: wordsOf(telling),
    forms: formsOf(known),
  };
}

const among = 'IN (SELECT value FROM json_each(?))';
/** Of a merge `m`. */
export const stands = 'm.id NOT IN (SELECT merge_id FROM customer_merge_undos)';
/** SQL of all that one customer is. */
export const mergedInto = `WITH RECURSIVE people (id) AS (SELECT ? UNION
  SELECT m.merged_id FROM people CROSS JOIN customer_merges AS m ON m.survivor_id = people.id WHERE ${stands})
  SELECT id FROM people`;
const roots = `SELECT DISTINCT a.root_id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
  WHERE m.customer_id ${among} UNION SELECT id FROM accounts WHERE owner_id ${among}`;
const formerAddresses = `SELECT email FROM former_emails WHERE customer_id ${among}
  UNION SELECT email_from FROM email_changes WHERE customer_id ${among}
  UNION SELECT email_to FROM email_changes WHERE made_at IS NOT NULL AND customer_id ${among}
  UNION SELECT email FROM customer_merges AS m WHERE email IS NOT NULL AND survivor_id ${among} AND ${stands}`;

/** What they left, and somebody else took or had since. */
const ofOthers = `SELECT email FROM customers WHERE email ${among} AND id NOT ${among}
  UNION SELECT email FROM former_emails WHERE email ${among} AND customer_id NOT ${among}`;

/** Their own accounts, and a household in which nobody else is left; departments come along. */
const ownAccounts = `WITH own (id) AS (
  SELECT id FROM accounts WHERE owner_id ${among} UNION
  SELECT a.id FROM memberships AS m CROSS JOIN accounts AS a ON a.id = m.account_id
  WHERE m.customer_id ${among} AND m.until IS NULL AND a.kind = 'shared' AND a.form = 'household'
    AND NOT EXISTS (SELECT 1 FROM accounts AS part CROSS JOIN memberships AS other ON other.account_id = part.id
      WHERE part.root_id = a.id AND other.until IS NULL AND other.customer_id NOT ${among}))
  SELECT a.id, a.owner_id FROM own CROSS JOIN accounts AS a ON a.root_id = own.id`;

async function findSurvivor(db: Store, customerId: string): Promise<string> {
  const sql = `SELECT m.survivor_id FROM customer_merges AS m WHERE m.merged_id = ? AND ${stands}`;
  const [survivorId] = await listTexts(db, sql, customerId);
  return survivorId === undefined ? customerId : findSurvivor(db, survivorId);
}

async function listTexts(db: Store, sql: string, ...args: string[]): Promise<string[]> {
  const rows = await db.read(statement(sql, ...args));
  return rows.flatMap(([value]) => textOf(value) ?? []);
}

/** Their numbers as calls are noted; a number without a country is one of the business's own. */
async function callersOf(ctx: Context, phones: readonly string[]): Promise<string[]> {
  if (phones.length === 0) return [];
  const { identity } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const home = callingCodeOf(identity.contact.phone);
  const numbers = phones.flatMap((phone) => [toPhoneNumber(phone, home), toPhoneNumber(phone, null)]);
  return [...new Set(numbers.flatMap((number) => number ?? []))];
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
