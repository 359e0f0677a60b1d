import { statement } from '../../db/query.ts';
import type { Context } from '../platform/context.ts';
import { isSameSecret } from '../platform/ids.ts';
import { readTry, tryStatement } from '../platform/rate-limit.ts';
import { ATTEMPTS_MAX, type Challenge, codeOf } from './challenge.ts';
import { assertWithin, countTries, limitOn } from './limits.ts';
import { challengeOver, wrongCode } from './refusals.ts';

const takeAttempt = `UPDATE sign_in_challenges SET attempts = attempts + 1
  WHERE id = ? AND consumed_at IS NULL AND expires_at > ? AND attempts < ? RETURNING attempts`;

/**
 * Compares a typed code with that of a challenge. The attempt is written down before it is looked at, so that no
 * number of requests at once gets more of them. With a link in hand only the challenge counts its attempts, so that
 * nobody who guesses elsewhere can lock the owner of the mailbox out.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`
 */
export async function checkCode(
  ctx: Context,
  given: { challenge: Challenge; code: string; hasLink: boolean },
): Promise<void> {
  const { challenge, hasLink } = given;
  const code = given.code.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(code)) throw wrongCode();
  const now = ctx.now();
  const { secret } = ctx.config;
  const limits = hasLink ? [] : [limitOn(secret, 'code', challenge.email)];
  const [taken, ...tries] = await ctx.db.write([
    statement(takeAttempt, challenge.id, now, ATTEMPTS_MAX),
    ...limits.map((limit) => tryStatement(limit, now)),
  ]);
  assertWithin(limits.map((limit, index) => readTry(tries[index], limit, now)));
  if (taken?.length !== 1) throw challengeOver();
  if (!hasLink) {
    const perDay = [limitOn(secret, 'code_per_day', challenge.email)];
    assertWithin(await countTries(ctx.db, perDay, now));
  }
  if (isSameSecret(code, codeOf(secret, challenge.id))) return;
  ctx.log.warn('Refused a wrong code for challenge {id}', { id: challenge.id });
  throw wrongCode();
}
