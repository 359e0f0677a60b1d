import type { Context } from '../../ground/platform/context.ts';
import { endSession, endSessions } from './end-sessions.ts';
import { assertPerson, type KnownPerson } from './known-person.ts';

/** Ends the session of a cookie's token; a second time changes nothing. */
export async function signOut(ctx: Context, token: string): Promise<void> {
  await ctx.db.write([endSession(token)]);
}

/**
 * Ends all sessions of a person, but that of `exceptToken` when it is given.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function signOutEverywhere(
  ctx: Context,
  { person, exceptToken = null }: { person: KnownPerson; exceptToken?: string | null },
): Promise<void> {
  assertPerson(ctx, person);
  await ctx.db.write([endSessions(person.kind, person.id, exceptToken)]);
}
