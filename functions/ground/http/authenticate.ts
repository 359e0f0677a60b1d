import { findKey, keyHash } from '../keys/find-key.ts';
import { noteUse } from '../keys/note-use.ts';
import type { Context, Scope } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { type ApiContext, contextFor } from './api.ts';
import { rememberedKey, rememberKey, unauthenticated } from './key-alongside.ts';

/** The context of a program that showed its key. */
export type KeyContext = Context & { actor: { kind: 'key' } };

/**
 * Who asks, by `Authorization: Bearer <key>` alone; cookies mean nothing to the API.
 * @throws {AppError} `unauthenticated` or `scope_missing`
 */
export async function authenticate(c: ApiContext, scope: Scope): Promise<KeyContext> {
  const ctx = contextFor(c, { kind: 'anonymous' });
  const key = bearerOf(c.req.header('Authorization'));
  const hash = key === null ? null : keyHash(key);
  if (hash === null) throw unauthenticated();
  const remembered = c.req.method === 'POST' ? rememberedKey(ctx, hash) : null;
  const found = remembered?.found ?? (await findKey(ctx.db, hash, ctx.now()));
  if (found === null) throw unauthenticated();
  if (remembered === null) rememberKey(ctx, hash, found);
  if (!found.scopes.includes(scope))
    throw new AppError('scope_missing', `This key lacks the scope ${scope}.`);
  await noteUse(ctx.db, found, ctx.now());
  const { id, scopes } = found;
  return { ...ctx, db: remembered?.db ?? ctx.db, actor: { kind: 'key', id, scopes } };
}

function bearerOf(header: string | undefined): string | null {
  return header === undefined ? null : (/^bearer +(\S+)$/i.exec(header)?.[1] ?? null);
}
