import { statement } from '../../../db/query.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import { type AddressForm, addressForms } from '../../ground/identity/address-form.ts';
import type { Context, Role } from '../../ground/platform/context.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { findSessionRow } from './queries.ts';
import { isAlive, SEEN_EVERY_MS } from './session-terms.ts';

/** Who is signed in, as they are now: a role or a name that changed shows at once. */
export type Session =
  | {
      kind: 'customer';
      customer: {
        id: string;
        email: string;
        name: string | null;
        language: string | null;
        /** How they want to be addressed; null while they have not said. */
        addressForm: AddressForm | null;
        /** How much was written to them since they looked last. */
        unread: number;
        /** When this session was opened. */
        signedInAt: number;
      };
    }
  /** The email is proven, and nobody is a customer by it yet. */
  | { kind: 'joining'; joining: { email: string; referralCode: string | null; askedAt: number } }
  /** `provenAt`: when the second factor was last proven in this session; null when it was not. */
  | {
      kind: 'staff';
      staff: {
        id: string;
        email: string;
        name: string | null;
        role: Role;
        /** Which second factors they have. */
        factors: { app: boolean; passkey: boolean };
        provenAt: number | null;
        /** Whether keys of the console act for them. */
        hasKeys: boolean;
      };
    };

type Db = Pick<Context, 'db' | 'now' | 'log'>;

/**
 * The session of a cookie's token, by one indexed read of the primary, so that signing out counts at once;
 * null when it ended, expired, or its person may no longer sign in.
 */
export async function findSession(ctx: Db, token: string): Promise<Session | null> {
  return (await findSessionAndStamp(ctx, token)).session;
}

/**
 * The same with the business's stamp at that moment, see `businessAt`: every page of somebody signed in needs both, and one read
 * costs less than two. The stamp is null where no session has that token.
 */
export async function findSessionAndStamp(
  ctx: Db,
  token: string,
): Promise<{ session: Session | null; stamp: string | null }> {
  const now = ctx.now();
  const row = await findSessionRow(ctx.db.fresh, { hash: hashOf(token) });
  if (row === null) return { session: null, stamp: null };
  const session = isAlive(row, now) ? personOf(row) : null;
  if (session !== null && now - row.lastSeenAt >= SEEN_EVERY_MS) await markSeen(ctx, row.tokenHash);
  return { session, stamp: row.stamp };
}

function personOf(row: NonNullable<Awaited<ReturnType<typeof findSessionRow>>>): Session | null {
  const { customer, joining, staff } = row;
  if (
    customer !== null &&
    customer.email !== null &&
    customer.withdrawnAt === null &&
    customer.closedAt === null
  ) {
    const { id, email, name, language } = customer;
    const addressForm = addressForms.find((form) => form === row.addressForm) ?? null;
    return {
      kind: 'customer',
      customer: { id, email, name, language, addressForm, unread: row.unread, signedInAt: row.createdAt },
    };
  }
  if (joining !== null) return { kind: 'joining', joining };
  if (staff === null || staff.disabledAt !== null) return null;
  const { id, email, name, role, keysOff } = staff;
  const hasKeys = keysOff !== true;
  const factors = { app: row.factorId !== null, passkey: row.hasPasskey };
  return { kind: 'staff', staff: { id, email, name, role, factors, provenAt: row.factorAt, hasKeys } };
}

/** A database that only reads still shows pages. */
async function markSeen(ctx: Db, tokenHash: string): Promise<void> {
  const now = ctx.now();
  try {
    await ctx.db.write([
      statement(
        'UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?',
        now,
        tokenHash,
        now,
      ),
    ]);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    ctx.log.warn('A session in use was not written down: {code}', { code: error.code });
  }
}
