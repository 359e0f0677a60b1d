import { z } from 'zod';
import { addressGroup, networkGroup } from '../../ground/http/client-address.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { limitOn } from '../../ground/platform/limits.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { type Challenge, consume, isAskingBrowser, isOpen } from '../../people/sign-in/challenge.ts';
import { checkCodeWithin } from '../../people/sign-in/check-code.ts';
import { findChallengeById } from '../../people/sign-in/find-challenge.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { challengeOver } from '../../people/sign-in/refusals.ts';
import { orderLinkOf } from './order-link.ts';
import { findLinkedByKey, listOwnByNumber } from './queries.ts';

const input = z.strictObject({
  challengeId: z.string().max(64),
  code: z.string().max(40),
  browserToken: z.string().max(200).nullable(),
  clientAddress: z.string().max(100),
});

/**
 * Links to the orders of the number that was asked for, for who has typed the code: each opens one order for an hour. None
 * where the address has no order of that number. A code is used up by the first look at it that is right.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`
 */
export async function proveOrderCode(
  ctx: Context,
  typed: z.input<typeof input>,
): Promise<{ tokens: string[] }> {
  const { challengeId, code, browserToken, clientAddress } = parseInput(input, typed);
  const challenge = await findChallengeById(ctx.db.fresh, challengeId);
  if (challenge?.purpose !== 'order' || !isOpen(challenge, ctx.now())) throw challengeOver();
  if (!isAskingBrowser(challenge, browserToken)) throw challengeOver();
  await checkCodeWithin(ctx, { challenge, code, limits: limitsOn(ctx, challenge.email, clientAddress) });
  const [used] = await ctx.db.write([consume(challenge.id, ctx.now())]);
  if (used?.length !== 1) throw challengeOver();
  return { tokens: await linksTo(ctx, challenge) };
}

async function linksTo(ctx: Context, { email: proven, subjectId }: Challenge): Promise<string[]> {
  const db = ctx.db.fresh;
  const [owner] = await findOwnerByEmail(db, { email: proven });
  if (owner === undefined) return [];
  const keys = await listOwnByNumber(db, { customerId: owner.id, numbers: spellings(subjectId ?? '') });
  const found = await Promise.all(keys.map((key) => findLinkedByKey(db, key)));
  const made = { kind: 'code', madeAt: ctx.now() } as const;
  return found.flatMap((order) =>
    order === null || order.email === null
      ? []
      : [orderLinkOf(ctx.config.secret, { ...order, email: order.email }, made)],
  );
}

/** What people make of a number: shops write `#1001`, and receipts are typed in small letters. */
function spellings(typed: string): string[] {
  const plain = typed.replace(/^#/, '');
  return [...new Set([plain, plain.toUpperCase()].flatMap((number) => [number, `#${number}`]))];
}

function limitsOn({ config: { secret } }: Context, email: string, clientAddress: string) {
  const mailbox = mailboxOf(email);
  const network = networkGroup(clientAddress);
  const reserve = [
    limitOn(secret, 'track_code_reserve_by_network', `${network} ${mailbox}`),
    limitOn(secret, 'track_code_reserve', mailbox),
  ];
  return {
    own: [
      limitOn(secret, 'track_code_by_client', addressGroup(clientAddress)),
      limitOn(secret, 'track_code_by_network', network),
    ],
    pools: [[limitOn(secret, 'track_code', mailbox)], reserve],
  };
}
