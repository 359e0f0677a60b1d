import { and, eq, isNull, sql } from 'drizzle-orm';
import { queryOne } from '../../db/query.ts';
import { apiKeys } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import type { Scope } from '../platform/context.ts';
import { hashOf } from '../platform/ids.ts';
import { keyPrefix } from './key.ts';
import { scopesOf } from './scopes.ts';

const findByHash = queryOne((db) =>
  db
    .select({ id: apiKeys.id, scopes: apiKeys.scopes })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, sql.placeholder('hash')), isNull(apiKeys.revokedAt))),
);

/**
 * Whom a presented key belongs to; null when it is unknown, malformed or revoked. A replica may know a key that was
 * revoked a moment ago: it reads what that replica knows, and whatever it writes is refused with its kept answer.
 */
export async function findKey(
  db: Store,
  key: string,
): Promise<{ id: string; scopes: readonly Scope[] } | null> {
  if (!shape.test(key)) return null;
  const hash = hashOf(key);
  const found =
    (await findByHash(db, { hash })) ?? (db.fresh === db ? null : await findByHash(db.fresh, { hash }));
  return found === null ? null : { id: found.id, scopes: scopesOf(found.scopes) };
}

const shape = new RegExp(`^${keyPrefix}[A-Za-z0-9_-]{43}$`);
