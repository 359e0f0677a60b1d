import { and, eq, isNull, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { apiKeys } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Scope } from '../platform/context.ts';
import { hashOf } from '../platform/ids.ts';
import { keyPrefix } from './key.ts';
import { scopesOf } from './scopes.ts';

const findByHash = queryOne((db) =>
  db
    .select({
      id: apiKeys.id,
      scopes: apiKeys.scopes,
      expiresAt: apiKeys.expiresAt,
      lastUsedOn: apiKeys.lastUsedOn,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, sql.placeholder('hash')), isNull(apiKeys.revokedAt))),
);

/** A key as its requests need it; neither changes while it lives. */
export interface FoundKey {
  id: string;
  scopes: readonly Scope[];
  expiresAt: number | null;
  lastUsedOn: string | null;
}

/** What a key is kept by; null when the text cannot be a key. */
export function keyHash(key: string): string | null {
  return shape.test(key) ? hashOf(key) : null;
}

const shape = new RegExp(`^${keyPrefix}[A-Za-z0-9_-]{43}$`);

/**
 * Whom a presented key belongs to; null when it is unknown, revoked or over. A replica may know a key that was revoked a
 * moment ago: it reads what that replica knows, and whatever it writes is refused with its kept answer.
 */
export async function findKey(db: Store, hash: string, now: number): Promise<FoundKey | null> {
  const found =
    (await findByHash(db, { hash })) ?? (db.fresh === db ? null : await findByHash(db.fresh, { hash }));
  if (found === null || (found.expiresAt !== null && found.expiresAt <= now)) return null;
  return { ...found, scopes: scopesOf(found.scopes) };
}
