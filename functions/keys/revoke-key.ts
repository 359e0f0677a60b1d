import { statement } from '../../db/query.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { assertOwner } from './scopes.ts';

/**
 * Ends a key at once, by its id or its first characters as `keys list` shows them.
 * @throws {AppError} `not_found` when no open key answers to that
 */
export async function revokeKey(ctx: Context, { id }: { id: string }): Promise<{ id: string; name: string }> {
  assertOwner(ctx.actor);
  const [rows = []] = await ctx.db.write([
    statement(
      `UPDATE api_keys SET revoked_at = ?1 WHERE revoked_at IS NULL AND id =
        (SELECT CASE WHEN count(*) = 1 THEN min(id) END FROM api_keys
         WHERE revoked_at IS NULL AND (id = ?2 OR prefix = ?2))
        RETURNING id, name`,
      ctx.now(),
      id,
    ),
  ]);
  const [revoked] = rows;
  if (revoked === undefined) throw new AppError('not_found', 'No open key has this id.');
  return { id: String(revoked[0]), name: String(revoked[1]) };
}
