import { and, eq, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { idempotencyKeys } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import type { Alongside } from '../platform/alongside.ts';
import { AppError, assert, type ErrorCode, errorCodes } from '../platform/errors.ts';
import { hashOf } from '../platform/ids.ts';
import type { KeyContext } from './authenticate.ts';

/**
 * A keyed request does its work once, and says the same whenever it is sent again (DOMAIN §4).
 *
 * The answer is written in the same batch as the effect, under the primary key (API key, idempotency key).
 * So nothing is looked up beforehand: a request that comes again, or twice at once, loses its whole batch to
 * that key, or is refused by the state its first coming left behind; then the first answer is read and given.
 */
interface KeyedRequest {
  key: string;
  hash: string;
}

export interface AnsweredRequest<Answer> {
  status: 200 | 201;
  answer: Answer;
}

/** The text that is sent; `isReplay` when it was first sent to an earlier request. */
export interface Sent {
  status: 200 | 201;
  text: string;
  isReplay: boolean;
}

/** How an answer is kept for ever without personal data, and made whole again from the rows that hold it. */
export interface Kept<Answer> {
  keep: (answer: Answer) => unknown;
  restore: (ctx: KeyContext, text: string) => Promise<string>;
}

/** For answers that hold ids, codes and amounts only. */
export const keptAsItIs: Kept<unknown> = { keep: (answer) => answer, restore: async (_, text) => text };

/** @throws {AppError} `idempotency_key_missing` or `idempotency_key_invalid` */
export function idempotencyKeyOf(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new AppError('idempotency_key_missing', 'Send an Idempotency-Key of your own with every POST.');
  }
  if (!/^[\x20-\x7e]{1,255}$/.test(header)) {
    throw new AppError(
      'idempotency_key_invalid',
      'An Idempotency-Key has at most 255 printable ASCII characters.',
    );
  }
  return header;
}

/** What makes two requests the same: method, path and the JSON that was sent, whatever its white space. */
export function requestHash(request: { method: string; path: string; body: unknown }): string {
  return hashOf(`${request.method} ${request.path}\n${JSON.stringify(request.body)}`);
}

/**
 * Runs a keyed request. Answers of success ride along with the effect; refusals of state (409) are kept, too.
 * @throws {AppError} what the operation throws, and `idempotency_key_reused`
 */
export async function answerOnce<Answer>(
  ctx: KeyContext,
  request: KeyedRequest,
  work: {
    run: (alongside: Required<Alongside<Answer>>) => Promise<AnsweredRequest<Answer>>;
    kept: Kept<Answer>;
  },
): Promise<Sent> {
  let isKept = false;
  const alongside = (answer: Answer, status: number) => {
    isKept = true;
    return [keeping(ctx, request, { status, body: work.kept.keep(answer) })];
  };
  try {
    const { status, answer } = await work.run({ alongside });
    assert(isKept, 'the operation keeps its answer in its batch');
    return { status, text: JSON.stringify(answer), isReplay: false };
  } catch (error) {
    if (isRevoked(error)) throw new AppError('unauthenticated', 'This API key was revoked.');
    if (!(error instanceof AppError) && !isTaken(error)) throw error;
    return (await replay(ctx, request, work.kept)) ?? refuse(ctx, request, { error, kept: work.kept });
  }
}

const isTaken = (error: unknown) => isConflictOn(error, 'idempotency_keys exists', 'idempotency_keys.');

/** A key that was revoked meanwhile is no key: the whole batch is refused. */
const insertKept = `INSERT INTO idempotency_keys (api_key_id, key, request_hash, status, body, created_at)
  VALUES ((SELECT id FROM api_keys WHERE id = ? AND revoked_at IS NULL), ?, ?, ?, ?, ?)`;
const isRevoked = (error: unknown) =>
  isConflictOn(error, 'NOT NULL constraint failed: idempotency_keys.api_key_id');

function keeping(
  ctx: KeyContext,
  { key, hash }: KeyedRequest,
  { status, body }: { status: number; body: unknown },
): Statement {
  return statement(insertKept, ctx.actor.id, key, hash, status, JSON.stringify(body), ctx.now());
}

const findKept = query((db) =>
  db
    .select({
      hash: idempotencyKeys.requestHash,
      status: idempotencyKeys.status,
      body: idempotencyKeys.body,
    })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.apiKeyId, sql.placeholder('apiKeyId')),
        eq(idempotencyKeys.key, sql.placeholder('key')),
      ),
    ),
);

/** Whether a request with this key was answered before. */
export async function isKeyTaken(ctx: KeyContext, key: string): Promise<boolean> {
  return (await findKept(ctx.db.fresh, { apiKeyId: ctx.actor.id, key })).length > 0;
}

/** The answer of an earlier request with this key; null when there was none. */
async function replay<Answer>(
  ctx: KeyContext,
  { key, hash }: KeyedRequest,
  kept: Kept<Answer>,
): Promise<Sent | null> {
  const [earlier] = await findKept(ctx.db.fresh, { apiKeyId: ctx.actor.id, key });
  if (earlier === undefined) return null;
  if (earlier.hash !== hash) {
    throw new AppError('idempotency_key_reused', 'This Idempotency-Key came with another request before.');
  }
  if (earlier.status === 200 || earlier.status === 201) {
    return { status: earlier.status, text: await kept.restore(ctx, earlier.body), isReplay: true };
  }
  throw refusalOf(earlier.body);
}

/** Keeps a refusal of state, so that sending the request again does not succeed behind the sender's back. */
async function refuse<Answer>(
  ctx: KeyContext,
  request: KeyedRequest,
  { error, kept }: { error: unknown; kept: Kept<Answer> },
): Promise<Sent> {
  if (!(error instanceof AppError) || error.status !== 409) throw error;
  const body = { code: error.code, detail: error.message };
  try {
    await ctx.db.write([keeping(ctx, request, { status: error.status, body })]);
  } catch (failure) {
    if (!isTaken(failure)) throw failure;
    const earlier = await replay(ctx, request, kept);
    if (earlier !== null) return earlier;
  }
  throw error;
}

function refusalOf(text: string): AppError {
  const { code, detail }: { code: unknown; detail: unknown } = JSON.parse(text);
  assert(isErrorCode(code) && typeof detail === 'string', 'a kept refusal has a code and a detail');
  return new AppError(code, detail);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
