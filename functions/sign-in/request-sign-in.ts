import { z } from 'zod';
import { addressGroup } from '../http/client-address.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { email } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { CHALLENGE_MS, newChallenge } from './challenge.ts';
import { assertWithin, countTries, limitOn } from './limits.ts';
import { findActiveStaffByEmail } from './queries.ts';

const input = z.strictObject({
  email,
  /** Of the page that asks; the mail speaks it. */
  language: z.string().max(35),
  /** The asking browser's cookie. */
  browserToken: z.string().min(16).max(200),
  /** As `clientAddress` tells it. */
  clientAddress: z.string().max(100),
  /** Of the friend who recommended the portal; kept for who joins. */
  referralCode: z.string().max(40).nullable().default(null),
  /** Whether somebody of the team asks, for the console. */
  isForStaff: z.boolean().default(false),
});

/**
 * Sends a link and a code to an address. What happens, and how long it takes, does not depend on whether anybody is
 * known by it: nothing is looked up, and who proves an unknown address is asked whether to join. An address that was
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
  const client = addressGroup(asked.clientAddress);
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'mail_by_client', client)], now));
  const [isWelcome, member] = await Promise.all([
    mayWriteTo(ctx, { email: asked.email, client }),
    asked.isForStaff ? findMember(ctx, asked.email) : null,
  ]);
  const challenge = newChallenge({
    purpose: asked.isForStaff ? 'staff' : 'sign_in',
    email: asked.email,
    subjectId: member?.id,
    referralCode: asked.referralCode,
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
  const isMailed = isWelcome && (!asked.isForStaff || member !== null);
  await ctx.db.write(isMailed ? [challenge.statement, mail] : [challenge.statement]);
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}

/** Nobody outside of the team is written to about the console, which the asker is not told. */
async function findMember(ctx: Context, email: string): Promise<{ id: string } | null> {
  const [member] = await findActiveStaffByEmail(ctx.db.fresh, { email });
  return member ?? null;
}

/** What one client has used up is not counted against the address. */
async function mayWriteTo(
  ctx: Context,
  { email, client }: { email: string; client: string },
): Promise<boolean> {
  const { secret } = ctx.config;
  const byClient = limitOn(secret, 'mail_to_by_client', `${client} ${email}`);
  const [fromHere] = await countTries(ctx.db, [byClient], ctx.now());
  if (!fromHere?.ok) return false;
  const [inAll] = await countTries(ctx.db, [limitOn(secret, 'mail_to', email)], ctx.now());
  return inAll?.ok === true;
}
