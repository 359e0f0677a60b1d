import { asc } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { apiKeys } from '../../../db/schema/index.ts';
import type { Context, Scope } from '../platform/context.ts';
import { assertOwner, scopesOf } from './scopes.ts';

export interface KeySummary {
  id: string;
  name: string;
  /** The key's first characters. */
  prefix: string;
  scopes: readonly Scope[];
  createdAt: number;
  revokedAt: number | null;
  /** From when on it opens nothing. */
  expiresAt: number | null;
  /** The day in UTC on which it was last used. */
  lastUsedOn: string | null;
}

const listAll = query((db) =>
  db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      revokedAt: apiKeys.revokedAt,
      expiresAt: apiKeys.expiresAt,
      lastUsedOn: apiKeys.lastUsedOn,
    })
    .from(apiKeys)
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id)),
);

/** Every key there ever was, oldest first, without the keys themselves. */
export async function listKeys(ctx: Context): Promise<KeySummary[]> {
  assertOwner(ctx.actor);
  const rows = await listAll(ctx.db);
  return rows.map((row) => ({ ...row, scopes: scopesOf(row.scopes) }));
}
