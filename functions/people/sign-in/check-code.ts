import { statement } from '../../../db/query.ts';
import { addressGroup, networkGroup } from '../../ground/http/client-address.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { isSameSecret } from '../../ground/platform/ids.ts';
import { limitOn, tooOften } from '../../ground/platform/limits.ts';
import { type Condition, type Limit, takeBack } from '../../ground/platform/rate-limit.ts';
import { ATTEMPTS_MAX, type Challenge, codeOf, oldAddressCodeOf } from './challenge.ts';
import { isKnownBrowser } from './known-browser.ts';
import { type TryRequest, takeTry } from './pools.ts';
import { challengeOver, wrongCode } from './refusals.ts';

/** Who types a code. */
export interface Guesser {
  /** As `clientAddress` tells it. */
  clientAddress: string;
  /** What the browser kept from an earlier sign-in; see `known-browser.ts`. */
  knownToken: string | null;
}

/**
 * Compares a typed code with that of a challenge. The attempt is taken in one batch with the limits on it, before the code
 * is looked at, and only where they have room: no number of requests at once gets more looks, and who is limited takes
 * nothing from the challenge. The right code gives its try back.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`
 */
export async function checkCode(
  ctx: Context,
  given: { challenge: Challenge; code: string; guesser: Guesser },
): Promise<void> {
  const { challenge, code, guesser } = given;
  const limits = limitsOn(ctx.config.secret, challenge.email, guesser);
  await checkCodeWithin(ctx, { challenge, code, limits });
}

/**
 * The same with limits of one's own: for codes that sign nobody in, so that guessing them uses up nobody's sign-in.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`
 */
export async function checkCodeWithin(
  ctx: Context,
  given: { challenge: Challenge; code: string; limits: Pick<TryRequest, 'own' | 'pools'> },
): Promise<void> {
  const { challenge } = given;
  const code = digitsOf(given.code);
  const taken = await takeAttempt(ctx, challenge, given.limits);
  if (!isSameSecret(code, codeOf(ctx.config.secret, challenge.id))) throw refuse(ctx, challenge);
  await ctx.db.write(takeBack(taken));
}

/**
 * Compares the code of a change of address, and the one that went to the old address where that is given. Counted by
 * customer, so that nobody's sign-in suffers from it.
 * @throws {AppError} `validation_failed` (`wrong_code`, of the field that is wrong), `challenge_expired`, `too_many_requests`
 */
export async function checkChangeCodes(
  ctx: Context,
  given: { challenge: Challenge; customerId: string; code: string; oldCode: string | null },
): Promise<void> {
  const { challenge, customerId } = given;
  const code = digitsOf(given.code);
  const oldCode = given.oldCode === null ? null : digitsOf(given.oldCode, 'oldCode');
  const { secret } = ctx.config;
  const pool = [limitOn(secret, 'change_code', customerId)];
  const limits = await takeAttempt(ctx, challenge, { own: [], pools: [pool] });
  if (!isSameSecret(code, codeOf(secret, challenge.id))) throw refuse(ctx, challenge);
  if (oldCode !== null && !isSameSecret(oldCode, oldAddressCodeOf(secret, challenge.id)))
    throw refuse(ctx, challenge, 'oldCode');
  await ctx.db.write(takeBack(limits));
}

/** The limits that the attempt was counted against. */
async function takeAttempt(
  ctx: Context,
  { id }: Challenge,
  limits: Pick<TryRequest, 'own' | 'pools'>,
): Promise<readonly Limit[]> {
  const now = ctx.now();
  const taken = await takeTry(ctx.db, {
    ...limits,
    now,
    when: openFor('attempts', id, now),
    effect: (room) => attempt('attempts', id, { now, room }),
  });
  if (!taken.ok) throw tooOften(taken.tries);
  if (taken.effect.length !== 1) throw challengeOver();
  return taken.limits;
}

/**
 * The same with the link of the challenge in hand, which only the mailbox has: its attempts are counted apart, so that
 * nobody who guesses codes can use up the link.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`
 */
export async function checkCodeBesideLink(
  ctx: Context,
  given: { challenge: Challenge; code: string },
): Promise<void> {
  const { challenge } = given;
  const code = digitsOf(given.code);
  const now = ctx.now();
  const always = { sql: 'true', args: [] };
  const [taken] = await ctx.db.write([attempt('link_attempts', challenge.id, { now, room: always })]);
  if (taken?.length !== 1) throw challengeOver();
  if (!isSameSecret(code, codeOf(ctx.config.secret, challenge.id))) throw refuse(ctx, challenge);
}

function refuse(ctx: Context, { id }: Challenge, path?: 'oldCode') {
  ctx.log.warn('Refused a wrong code for challenge {id}', { id });
  return wrongCode(path);
}

/** @throws {AppError} `validation_failed` (`wrong_code`) for what is no code at all, which costs nothing */
function digitsOf(typed: string, path?: 'oldCode'): string {
  const code = typed.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(code)) throw wrongCode(path);
  return code;
}

function limitsOn(
  secret: string,
  email: string,
  { clientAddress, knownToken }: Guesser,
): { own: Limit[]; pools: Limit[][] } {
  const mailbox = mailboxOf(email);
  const client = addressGroup(clientAddress);
  const network = networkGroup(clientAddress);
  const everybody = [
    limitOn(secret, 'code', mailbox),
    limitOn(secret, 'code_per_day', mailbox),
    limitOn(secret, 'code_by_all', 'all'),
  ];
  const reserve = [
    limitOn(secret, 'code_reserve_by_client', client),
    limitOn(secret, 'code_reserve_by_network', `${network} ${mailbox}`),
    limitOn(secret, 'code_reserve', mailbox),
  ];
  const known = [limitOn(secret, 'code_known', mailbox), limitOn(secret, 'code_known_per_day', mailbox)];
  return {
    own: [limitOn(secret, 'code_by_client', client), limitOn(secret, 'code_by_client_per_day', client)],
    pools: [...(isKnownBrowser(secret, email, knownToken) ? [known] : []), everybody, reserve],
  };
}

type Counter = 'attempts' | 'link_attempts';

const openFor = (counter: Counter, id: string, now: number): Condition => ({
  sql: `EXISTS (SELECT 1 FROM sign_in_challenges WHERE id = ? AND consumed_at IS NULL AND expires_at > ? AND ${counter} < ?)`,
  args: [id, now, ATTEMPTS_MAX],
});

function attempt(counter: Counter, id: string, { now, room }: { now: number; room: Condition }) {
  return statement(
    `UPDATE sign_in_challenges SET ${counter} = ${counter} + 1
     WHERE id = ? AND consumed_at IS NULL AND expires_at > ? AND ${counter} < ? AND ${room.sql} RETURNING id`,
    id,
    now,
    ATTEMPTS_MAX,
    ...room.args,
  );
}
