import { z } from 'zod';
import { note } from '../accounts/note.ts';
import type { Context } from '../platform/context.ts';
import { parseInput } from '../platform/parse-input.ts';
import { type Challenge, challengeIdOf, isOpen } from './challenge.ts';
import { findChallenge, findOwner } from './queries.ts';
import { challengeOver } from './refusals.ts';
import { consume, endSessions } from './session-statements.ts';

const input = z.strictObject({ token: z.string().max(300) });

/**
 * Stops a change of address by the link that went to the old one. Whoever asked for the change was signed in, so that
 * every session of the customer ends.
 * @throws {AppError} `challenge_expired` when it was confirmed, stopped, or lapsed
 */
export async function stopEmailChange(ctx: Context, given: z.input<typeof input>): Promise<void> {
  const { token } = parseInput(input, given);
  const id = challengeIdOf(ctx.config.secret, token);
  if (id === null) throw challengeOver();
  const { subjectId: customerId } = await openChange(ctx, id);
  const [owner] = await findOwner(ctx.db.fresh, { id: customerId });
  const rows = [consume(id, ctx.now()), endSessions('customer', customerId, null)];
  const accountId = owner?.accountId ?? null;
  if (accountId === null) await ctx.db.write(rows);
  else
    await note(ctx, accountId, async (seen) => {
      await openChange(seen, id);
      return { kind: 'email_change_stopped', detail: {}, statements: rows, result: null };
    });
  ctx.log.warn('Customer {customerId} stopped a change of email', { customerId });
}

/** A change of email that still waits. */
async function openChange(ctx: Context, id: string): Promise<Challenge & { subjectId: string }> {
  const [challenge] = await findChallenge(ctx.db.fresh, { id });
  if (challenge?.purpose !== 'change_email' || !isOpen(challenge, ctx.now())) throw challengeOver();
  const { subjectId } = challenge;
  if (subjectId === null) throw challengeOver();
  return { ...challenge, subjectId };
}
