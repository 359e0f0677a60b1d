import { z } from 'zod';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { addressGroup, networkGroup } from '../../ground/http/client-address.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { emailOfKnown, identifier } from '../../ground/platform/input.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { CHALLENGE_MS, newChallenge } from '../../people/sign-in/challenge.ts';
import { takeTry } from '../../people/sign-in/pools.ts';

const input = z.strictObject({
  /** As it was typed. */
  number: identifier(200),
  email: emailOfKnown,
  /** Of the page that asks; the mail speaks it. */
  language: z.string().max(35),
  /** The asking browser's cookie. */
  browserToken: z.string().min(16).max(200),
  /** As `clientAddress` tells it. */
  clientAddress: z.string().max(100),
});

/**
 * Sends a code by which somebody who has not joined sees one order. What happens, and how long it takes, does not depend on
 * whether there is such an order or anybody is known by the address: nothing is looked up before the code was typed, and the
 * mail does not name what was asked for, which anybody can type. An address that was written to too often gets no further mail,
 * which the asker is not told.
 * @throws {AppError} `validation_failed`; `too_many_requests` for the client's address and its network
 */
export async function requestOrderCode(
  ctx: Context,
  typed: z.input<typeof input>,
): Promise<{ challengeId: string }> {
  const { number, email, language, browserToken, clientAddress } = parseInput(input, typed);
  const { secret } = ctx.config;
  const now = ctx.now();
  const tries = [
    limitOn(secret, 'track_by_client', addressGroup(clientAddress)),
    limitOn(secret, 'track_by_network', networkGroup(clientAddress)),
  ];
  assertWithin(await countTries(ctx.db, tries, now));
  const isWelcome = await mayWriteTo(ctx, { email, clientAddress });
  const challenge = newChallenge({
    ...{ purpose: 'order' as const, email, subjectId: number, browserToken, now },
    lives_ms: CHALLENGE_MS,
  });
  const params = { challengeId: challenge.id };
  await writeDecision(ctx, {
    rows: [challenge.statement],
    letters: isWelcome ? [{ template: 'order_code', params, address: email, language }] : [],
  });
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}

/** Counted apart from the codes that sign in, so that nobody keeps somebody from those. */
async function mayWriteTo(
  ctx: Context,
  { email, clientAddress }: { email: string; clientAddress: string },
): Promise<boolean> {
  const { secret } = ctx.config;
  const mailbox = mailboxOf(email);
  const reserve = [
    limitOn(secret, 'track_mail_reserve_by_network', `${networkGroup(clientAddress)} ${mailbox}`),
    limitOn(secret, 'track_mail_reserve', mailbox),
  ];
  const taken = await takeTry(ctx.db, {
    own: [limitOn(secret, 'track_mail_by_client', `${addressGroup(clientAddress)} ${mailbox}`)],
    pools: [[limitOn(secret, 'track_mail', mailbox)], reserve],
    now: ctx.now(),
  });
  return taken.ok;
}
