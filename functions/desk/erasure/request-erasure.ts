import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { erasureRequests } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements, writeDecision } from '../../ground/decision/write-decision.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { CHALLENGE_MS, challengeIdOf, isOpen, newChallenge } from '../../people/sign-in/challenge.ts';
import { checkChangeCodes } from '../../people/sign-in/check-code.ts';
import { findChallengeById } from '../../people/sign-in/find-challenge.ts';
import { findOwner } from '../../people/sign-in/find-owner.ts';
import { challengeOver } from '../../people/sign-in/refusals.ts';
import { findPerson } from './find-person.ts';
import { type ErasurePreview, lookAhead } from './preview-erasure.ts';
import { CHANGE_OF_MIND_MS, type WordsChoice, wordsChoice, wordsChoices } from './terms.ts';

/** A wish to be erased that stands. */
export interface ErasureWish {
  id: string;
  words: WordsChoice;
  askedAt: number;
  /** From then on it is carried out. */
  dueAt: number;
}

/** What the signed-in customer would lose, and their wish where one stands. @throws {AppError} `unauthenticated` */
export async function getErasure(
  ctx: Context,
): Promise<{ preview: ErasurePreview; wish: ErasureWish | null }> {
  const customerId = customerIdOf(ctx);
  const [preview, wish] = await Promise.all([lookAhead(ctx, customerId), findWish(ctx, customerId)]);
  return { preview, wish };
}

/** Theirs, or of somebody who was merged into them since: the one that is carried out first. */
async function findWish(ctx: Context, customerId: string): Promise<ErasureWish | null> {
  const sql = `SELECT id, words, asked_at, due_at FROM erasure_requests WHERE ${oneOf('customer_id')}
    AND cancelled_at IS NULL AND done_at IS NULL ORDER BY due_at, id LIMIT 1`;
  const [row] = await ctx.db.fresh.read(statement(sql, await idsOf(ctx, customerId)));
  if (row === undefined) return null;
  const [id, words, askedAt, dueAt] = row;
  return {
    ...{ id: String(id), askedAt: Number(askedAt), dueAt: Number(dueAt) },
    words: wordsChoices.find((one) => one === words) ?? 'gone',
  };
}

const oneOf = (column: string) => `${column} IN (SELECT value FROM json_each(?))`;

/** Of all that one customer is, as JSON. */
async function idsOf(ctx: Context, customerId: string): Promise<string> {
  const person = await findPerson(ctx, customerId);
  return JSON.stringify(person?.customerIds ?? [customerId]);
}

/**
 * Sends the signed-in customer a code, by which they prove once more that it is they who wish to be erased.
 * @throws {AppError} `unauthenticated`, `too_many_requests`
 */
export async function sendErasureCode(ctx: Context): Promise<{ challengeId: string }> {
  const customerId = customerIdOf(ctx);
  const [customer] = await findOwner(ctx.db.fresh, { id: customerId });
  if (customer === undefined || customer.email === null)
    throw new AppError('not_found', 'There is no such customer.');
  const now = ctx.now();
  assertWithin(await countTries(ctx.db, [limitOn(ctx.config.secret, 'mail_by_customer', customerId)], now));
  const challenge = newChallenge({
    purpose: 'erasure',
    email: customer.email,
    subjectId: customerId,
    browserToken: null,
    now,
    lives_ms: CHALLENGE_MS,
  });
  await writeDecision(ctx, {
    rows: [challenge.statement],
    letters: [
      {
        template: 'erasure_code',
        params: { challengeId: challenge.id },
        address: customer.email,
        language: customer.language,
      },
    ],
  });
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}

const wishInput = z.strictObject({
  challengeId: z.string().max(64),
  code: z.string().max(40),
  words: wordsChoice,
});

const insertRequest = insertInto(erasureRequests);

/**
 * The signed-in customer wishes to be erased, and has the code. It is carried out in 24 hours; until then they, and whoever has
 * the mail that says so, can take it back.
 * @throws {AppError} `unauthenticated`, `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`
 */
export async function requestErasure(
  ctx: Context,
  typed: z.input<typeof wishInput>,
): Promise<{ dueAt: number }> {
  const customerId = customerIdOf(ctx);
  const { challengeId, code, words } = parseInput(wishInput, typed);
  const challenge = await findChallengeById(ctx.db.fresh, challengeId);
  if (challenge?.purpose !== 'erasure' || challenge.subjectId !== customerId) throw challengeOver();
  const now = ctx.now();
  if (!isOpen(challenge, now)) throw challengeOver();
  await checkChangeCodes(ctx, { challenge, customerId, code, oldCode: null });
  const [[customer], earlier] = await Promise.all([
    findOwner(ctx.db.fresh, { id: customerId }),
    findWish(ctx, customerId),
  ]);
  // Asked twice, it stands as it was asked first.
  if (earlier !== null) return { dueAt: earlier.dueAt };
  const id = newId();
  const dueAt = now + CHANGE_OF_MIND_MS;
  const decision: Decision = {
    rows: [
      insertRequest({ id, customerId, words, askedAt: now, dueAt }),
      statement('UPDATE sign_in_challenges SET consumed_at = ? WHERE id = ?', now, challengeId),
    ],
    letters: [
      {
        template: 'erasure_asked',
        params: { changeId: id, dueAt },
        address: challenge.email,
        language: customer?.language ?? null,
      },
    ],
  };
  try {
    await ctx.db.write(toStatements(ctx, decision));
  } catch (error) {
    const wish = isConflictOn(error, 'erasure_requests') ? await findWish(ctx, customerId) : null;
    if (wish === null) throw error;
    return { dueAt: wish.dueAt };
  }
  ctx.wakeMail('now');
  return { dueAt };
}

/** The signed-in customer stays after all. @throws {AppError} `unauthenticated` */
export async function cancelErasure(ctx: Context): Promise<void> {
  await takeBack(ctx, 'customer_id', await idsOf(ctx, customerIdOf(ctx)));
}

/** Somebody who has the mail stops it, signed in or not. @throws {AppError} `challenge_expired` when it is over */
export async function stopErasure(ctx: Context, { token }: { token: string }): Promise<void> {
  const id = challengeIdOf(ctx.config.secret, token);
  if (id === null || !(await takeBack(ctx, 'id', JSON.stringify([id])))) throw challengeOver();
}

async function takeBack(ctx: Context, by: 'id' | 'customer_id', ids: string): Promise<boolean> {
  const sql = `UPDATE erasure_requests SET cancelled_at = ? WHERE ${oneOf(by)} AND cancelled_at IS NULL AND done_at IS NULL
    RETURNING id`;
  const [rows] = await ctx.db.write([statement(sql, ctx.now(), ids)]);
  return (rows?.length ?? 0) > 0;
}
