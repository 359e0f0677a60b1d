import { z } from 'zod';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { addressGroup, networkGroup } from '../../ground/http/client-address.ts';
import type { Context } from '../../ground/platform/context.ts';
import { isDisguised, mailboxOf } from '../../ground/platform/email.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { CHALLENGE_MS, newChallenge } from './challenge.ts';
import { findOwnerByEmail } from './find-owner.ts';
import { isKnownBrowser } from './known-browser.ts';
import { takeTry } from './pools.ts';
import { findActiveStaffByEmail } from './queries.ts';

const input = z.strictObject({
  email: emailOfKnown,
  /** Of the page that asks; the mail speaks it. */
  language: z.string().max(35),
  /** The asking browser's cookie. */
  browserToken: z.string().min(16).max(200),
  /** As `clientAddress` tells it. */
  clientAddress: z.string().max(100),
  /** What the browser kept from an earlier sign-in; see `known-browser.ts`. */
  knownToken: z.string().max(200).nullable().default(null),
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
  typed: z.input<typeof input>,
): Promise<{ challengeId: string }> {
  const form = parseInput(input, typed);
  await assertPlain(ctx, form.email);
  const { secret } = ctx.config;
  const now = ctx.now();
  const client = addressGroup(form.clientAddress);
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'mail_by_client', client)], now));
  const [isWelcome, member] = await Promise.all([
    mayWriteTo(ctx, form),
    form.isForStaff ? findMember(ctx, form.email) : null,
  ]);
  const challenge = newChallenge({
    purpose: form.isForStaff ? 'staff' : 'sign_in',
    email: form.email,
    subjectId: member?.id,
    referralCode: form.referralCode,
    browserToken: form.browserToken,
    now,
    lives_ms: CHALLENGE_MS,
  });
  const { email: address, language } = form;
  const params = { challengeId: challenge.id };
  const isMailed = isWelcome && (!form.isForStaff || member !== null);
  await writeDecision(ctx, {
    rows: [challenge.statement],
    letters: isMailed ? [{ template: 'sign_in', params, address, language }] : [],
  });
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}

/** Nobody is written to about the console who is outside of the team or comes by a link alone, which the asker is not told. */
async function findMember(ctx: Context, email: string): Promise<{ id: string } | null> {
  const [member] = await findActiveStaffByEmail(ctx.db.fresh, { email });
  return member === undefined || member.isByLinkOnly ? null : member;
}

/** From the first pool that has room; what one client has used up is not counted against the address. */
async function mayWriteTo(
  ctx: Context,
  { email, clientAddress, knownToken }: { email: string; clientAddress: string; knownToken: string | null },
): Promise<boolean> {
  const { secret } = ctx.config;
  const mailbox = mailboxOf(email);
  const known = [limitOn(secret, 'mail_to_known', mailbox)];
  const everybody = [limitOn(secret, 'mail_to', mailbox)];
  const reserve = [
    limitOn(secret, 'mail_to_reserve_by_network', `${networkGroup(clientAddress)} ${mailbox}`),
    limitOn(secret, 'mail_to_reserve', mailbox),
  ];
  const taken = await takeTry(ctx.db, {
    own: [limitOn(secret, 'mail_to_by_client', `${addressGroup(clientAddress)} ${mailbox}`)],
    pools: [...(isKnownBrowser(secret, email, knownToken) ? [known] : []), everybody, reserve],
    now: ctx.now(),
  });
  return taken.ok;
}

/** A disguised address is nobody's but of who was known by it before such were refused. @throws {AppError} `validation_failed` */
async function assertPlain(ctx: Context, email: string): Promise<void> {
  if (!isDisguised(email)) return;
  const [[known], [member]] = await Promise.all([
    findOwnerByEmail(ctx.db.fresh, { email }),
    findActiveStaffByEmail(ctx.db.fresh, { email }),
  ]);
  if (known !== undefined || member !== undefined) return;
  throw wrongField('email', 'invalid_email', 'has to be an email address such as ann@example.com');
}
