import type { Context } from '../../ground/platform/context.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { assertPerson, type KnownPerson } from './known-person.ts';
import { listSessionRows } from './queries.ts';
import { sessionIdOf } from './session-id.ts';
import { isAlive } from './session-terms.ts';

export interface SessionItem {
  /** By which `endOneSession` finds it; it opens nothing. */
  id: string;
  /** Whether it is that of `currentToken`. */
  isThis: boolean;
  /** Such as `Firefox, Windows`; may be empty. */
  device: string;
  startedAt: number;
  lastSeenAt: number;
}

/**
 * Where somebody is signed in, last used first.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function listSessions(
  ctx: Context,
  { person, currentToken }: { person: KnownPerson; currentToken: string | null },
): Promise<SessionItem[]> {
  assertPerson(ctx, person);
  const now = ctx.now();
  const current = currentToken === null ? null : hashOf(currentToken);
  const rows = await listSessionRows(ctx.db.fresh, { ...person, now });
  return rows
    .filter((row) => isAlive(row, now))
    .map((row) => ({
      id: sessionIdOf(row.tokenHash),
      isThis: row.tokenHash === current,
      device: row.browser,
      startedAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
    }));
}
