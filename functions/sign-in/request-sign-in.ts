import { z } from 'zod';
import { addressGroup } from '../http/client-address.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { email } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { CHALLENGE_MS, newChallenge } from './challenge.ts';
import { assertWithin, countTries, limitOn } from './limits.ts';

const input = z.strictObject({
  email,
  /** Of the page that asks; the mail speaks it. */
  language: z.string().max(35),
  /** The asking browser's cookie. */
  browserToken: z.string().min(16).max(200),
  /** As `clientAddress` tells it. */
  clientAddress: z.string().max(100),
});

/**
 * Sends a link and a code to an address. What happens, and how long it takes, does not depend on whether anybody is
 * known by it: nothing is looked up, and who proves an unknown address becomes a customer. An address that was
 * written to too often gets no further mail, which the asker is not told either.
 * @throws {AppError} `validation_failed`; `too_many_requests` for the client address
 */
export async function requestSignIn(
  ctx: Context,
  given: z.input<typeof input>,
): Promise<{ challengeId: string }> {
  const asked = parseInput(input, given);
  const { secret } = ctx.config;
  const now = ctx.now();
  assertWithin(
    await countTries(ctx.db, [limitOn(secret, 'mail_by_client', addressGroup(asked.clientAddress))], now),
  );
  const [toEmail] = await countTries(ctx.db, [limitOn(secret, 'mail_to', asked.email)], now);
  const challenge = newChallenge({
    purpose: 'sign_in',
    email: asked.email,
    browserToken: asked.browserToken,
    now,
    lives_ms: CHALLENGE_MS,
  });
  const mail = queueMail({
    template: 'sign_in',
    params: { challengeId: challenge.id },
    address: asked.email,
    language: asked.language,
    at: now,
  });
  await ctx.db.write(toEmail?.ok ? [challenge.statement, mail] : [challenge.statement]);
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}
