import { findKey } from '../keys/find-key.ts';
import type { Context, Scope } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { type ApiContext, contextFor } from './api.ts';

/** The context of a program that showed its key. */
export type KeyContext = Context & { actor: { kind: 'key' } };

/**
 * Who asks, by `Authorization: Bearer <key>` alone; cookies mean nothing to the API.
 * @throws {AppError} `unauthenticated` or `scope_missing`
 */
export async function authenticate(c: ApiContext, scope: Scope): Promise<KeyContext> {
  const ctx = contextFor(c, { kind: 'anonymous' });
  const key = bearerOf(c.req.header('Authorization'));
  const found = key === null ? null : await findKey(ctx.db, key);
  if (found === null) throw new AppError('unauthenticated', 'Send an API key: Authorization: Bearer <key>.');
  if (!found.scopes.includes(scope))
    throw new AppError('scope_missing', `This key lacks the scope ${scope}.`);
  return { ...ctx, actor: { kind: 'key', ...found } };
}

function bearerOf(header: string | undefined): string | null {
  return header === undefined ? null : (/^bearer +(\S+)$/i.exec(header)?.[1] ?? null);
}
