import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findByWords } from '../../people/customers/find-by-words.ts';
import { callingCodeOf, toPhoneNumber } from './phone-number.ts';

/** The end of a number, by which customers are looked for however its beginning is written. */
const TAIL = 7;
/** More that end alike are told apart by nobody. */
const LOOKED_AT = 50;

export interface Caller {
  /** As E.164 writes it where its country is known; null for what is no number. */
  number: string | null;
  /** Null for nobody, and where the number is of several. */
  customerId: string | null;
}

/**
 * Whose number it is: of the one customer who has it, however they wrote it, else of who was last tied to a contact from it.
 * A number without a country is one of the country of the business's own telephone.
 */
export async function findCaller(ctx: Context, typed: string): Promise<Caller> {
  const { identity } = await getBusiness(ctx);
  const home = callingCodeOf(identity.contact.phone);
  const number = toPhoneNumber(typed, home);
  if (number === null) return { number, customerId: null };
  const owners = await listOwners(ctx.db.fresh, number, home);
  if (owners.length > 0) return { number, customerId: owners.length === 1 ? (owners[0] ?? null) : null };
  return { number, customerId: await findTied(ctx.db.fresh, number) };
}

async function listOwners(db: Store, number: string, home: string | null): Promise<string[]> {
  const text = number.slice(-TAIL);
  const { ids } = await findByWords(db, { text, limit: LOOKED_AT, isPrivate: true });
  if (ids.length === 0) return [];
  const rows = await db.read(
    statement(
      `SELECT id, phone FROM customers WHERE id IN (SELECT value FROM json_each(?))
       AND phone IS NOT NULL AND withdrawn_at IS NULL`,
      JSON.stringify(ids),
    ),
  );
  return rows
    .filter(([, phone]) => isSame(toPhoneNumber(String(phone), home), number))
    .map(([id]) => String(id));
}

/** Where the country of one of two is not known, the end of the longer is the shorter without its 0. */
function isSame(known: string | null, number: string): boolean {
  if (known === null) return false;
  if (known.startsWith('+') === number.startsWith('+')) return known === number;
  const [national, international] = known.startsWith('+') ? [number, known] : [known, number];
  return international.endsWith(national.replace(/^0+/, ''));
}

async function findTied(db: Store, number: string): Promise<string | null> {
  const rows = await db.read(
    statement(
      `SELECT k.customer_id FROM contacts AS k JOIN customers AS c ON c.id = k.customer_id
       WHERE k.number = ? AND k.withdrawn_at IS NULL AND c.withdrawn_at IS NULL ORDER BY k.at DESC LIMIT 1`,
      number,
    ),
  );
  return rows[0]?.[0] === undefined ? null : String(rows[0][0]);
}
