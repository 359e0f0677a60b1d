import { sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { apiKeys } from '../../../db/schema/index.ts';
import { writeDecision } from '../decision/write-decision.ts';
import { allowProven } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { assertOwner } from './scopes.ts';

const listOpen = query((db) =>
  db
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(
      sql`revoked_at IS NULL AND (id = ${sql.placeholder('id')} OR prefix = ${sql.placeholder('prefix')})`,
    )
    .limit(2),
);

/**
 * Ends a key at once, by its id or its first characters as `keys list` shows them.
 * @throws {AppError} `not_found` when no open key answers to that
 */
export async function revokeKey(ctx: Context, { id }: { id: string }): Promise<{ id: string; name: string }> {
  assertOwner(ctx.actor);
  allowProven(ctx);
  const [found, another] = await listOpen(ctx.db.fresh, { id, prefix: id });
  if (found === undefined || another !== undefined)
    throw new AppError('not_found', 'No open key has this id.');
  const revoke = 'UPDATE api_keys SET revoked_at = ? WHERE revoked_at IS NULL AND id = ?';
  await writeDecision(ctx, {
    rows: [statement(revoke, ctx.now(), found.id)],
    audit: { kind: 'key.revoked', subjectKind: 'key', subjectId: found.id },
  });
  return found;
}
