import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assertPerson, type KnownPerson } from './known-person.ts';
import { listSessionRows } from './queries.ts';
import { sessionIdOf } from './session-id.ts';

/**
 * Signs a person out of one browser; one that is over already stays so.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function endOneSession(
  ctx: Context,
  { person, id }: { person: KnownPerson; id: string },
): Promise<void> {
  assertPerson(ctx, person);
  const rows = await listSessionRows(ctx.db.fresh, { ...person, now: ctx.now() });
  const found = rows.find(({ tokenHash }) => sessionIdOf(tokenHash) === id);
  if (found === undefined) return;
  await ctx.db.write([statement('DELETE FROM sessions WHERE token_hash = ?', found.tokenHash)]);
}
