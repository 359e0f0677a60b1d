import { z } from 'zod';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { isAskingBrowser, isOpen } from './challenge.ts';
import { checkCode } from './check-code.ts';
import { whence } from './new-device.ts';
import { openSession, type SignedIn } from './open-session.ts';
import { findChallenge } from './queries.ts';
import { challengeOver } from './refusals.ts';

const input = z.strictObject({
  challengeId: z.string().max(64),
  code: z.string().max(40),
  browserToken: z.string().max(200).nullable(),
  ...whence,
  clientAddress: z.string().max(100),
  /** The session the browser has until now; it ends. */
  sessionToken: z.string().max(200).nullable().default(null),
  userAgent: z.string().default(''),
  language: z.string().max(35).nullable().default(null),
});

/**
 * Signs the asking browser in by the six digits.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`
 */
export async function verifyCode(ctx: Context, given: z.input<typeof input>): Promise<SignedIn> {
  const { challengeId, code, ...proven } = parseInput(input, given);
  const { browserToken, clientAddress, knownToken } = proven;
  const [challenge] = await findChallenge(ctx.db.fresh, { id: challengeId });
  if (challenge?.purpose !== 'sign_in' && challenge?.purpose !== 'staff') throw challengeOver();
  if (!isOpen(challenge, ctx.now())) throw challengeOver();
  if (!isAskingBrowser(challenge, browserToken)) throw challengeOver();
  await checkCode(ctx, { challenge, code, guesser: { clientAddress, knownToken } });
  return openSession(ctx, { challenge, ...proven });
}
