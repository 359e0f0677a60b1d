import { insertInto } from '../../../db/query.ts';
import { orderRequestLines, orderRequests } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays, HOUR_MS } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { newCode, newId, signatureOf } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { countTry } from '../../ground/platform/rate-limit.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import type { Business } from '../../money/business/business.ts';
import { placedMails } from './mails.ts';
import { findByKey, findNames, type RequestLineRow, type RequestRow } from './queries.ts';
import { completeRequests, type OrderRequest, toRequest, toRequestAnswer } from './request.ts';
import type { RequestAnswer, RequestKind } from './schema.ts';

const insertRequest = insertInto(orderRequests);
const insertLine = insertInto(orderRequestLines);

/** So many an hour of one customer, since each is a mail to the business. */
const AN_HOUR_MAX = 30;
const DAYS_AHEAD_MAX = 366;

/** A request as it is to be kept; `key` makes the same one told twice one request. */
export interface RequestDraft {
  kind: RequestKind;
  customerId: string;
  accountId: string;
  rootId: string;
  order: { source: string; number: string } | null;
  lines: readonly Omit<RequestLineRow, 'requestId' | 'position'>[];
  currency: string | null;
  ownReference: string | null;
  wishedOn: string | null;
  note: string | null;
  key: string;
}

/**
 * Writes a request under the lock of its account, with its mails. `refuse` looks at what stands then and throws what speaks
 * against it.
 * @throws {AppError} `validation_failed` (`wishedOn`), `too_many_requests`, `idempotency_key_reused`, whatever `refuse` throws
 */
export async function writeRequest(
  ctx: Context,
  business: Pick<Business, 'identity' | 'timeZone'>,
  draft: RequestDraft,
  options: Alongside<RequestAnswer> = {},
  refuse?: (seen: Context) => Promise<void>,
): Promise<OrderRequest> {
  const known = await findKnown(ctx, draft);
  if (known !== null) return known;
  assertAhead(draft.wishedOn, dayOf(ctx.now(), business.timeZone));
  await assertMayAsk(ctx, draft.customerId);
  const id = newId();
  try {
    const made = await writeHistory<OrderRequest>(ctx, draft.rootId, async (seen) => {
      const first = await findKnown(seen, draft);
      if (first !== null) return { ...unchanged, result: first };
      await refuse?.(seen);
      const request = await foresee(seen, { id, reference: newCode(2) }, draft);
      return {
        rows: rowsOf(ctx, request, draft),
        history: { kind: historyOf[draft.kind], detail: { request: id, number: request.reference } },
        letters: await placedMails(seen, business, request),
        beside: options.alongside?.(toRequestAnswer(request), 201) ?? [],
        result: request,
      };
    });
    ctx.wakeMail('soon');
    return made;
  } catch (error) {
    if (!isConflictOn(error, 'order_requests.key')) throw error;
    const first = await findKnown(ctx, draft);
    assert(first !== null, 'a key that is taken has its request');
    return first;
  }
}

const historyOf = {
  again: 'order_requested',
  form: 'order_requested',
  cancel: 'order_cancellation_requested',
} as const;

/** What the same form asked for before; null for nothing. @throws {AppError} `idempotency_key_reused` */
async function findKnown(ctx: Context, draft: RequestDraft): Promise<OrderRequest | null> {
  const row = await findByKey(ctx.db.fresh, { key: draft.key });
  const [known = null] = row === null ? [] : await completeRequests(ctx.db.fresh, [row]);
  if (known !== null && wishesOf(known) !== wishesOf(draft))
    throw new AppError('idempotency_key_reused', 'This form was sent with something else in it before.');
  return known;
}

/** What somebody chose and typed; what they are shown beside it may change meanwhile. */
const wishesOf = (
  asked: Pick<RequestDraft | OrderRequest, 'kind' | 'order' | 'ownReference' | 'wishedOn' | 'note' | 'lines'>,
) =>
  JSON.stringify([
    ...[asked.kind, asked.order?.source, asked.order?.number, asked.ownReference, asked.wishedOn, asked.note],
    asked.lines.map(({ sku, name, quantityMilli }) => [sku ?? name, quantityMilli]),
  ]);

function assertAhead(wishedOn: string | null, today: string): void {
  if (wishedOn === null) return;
  if (wishedOn < today) throw wrongField('wishedOn', 'in_the_past', 'has to be today or a day to come');
  if (wishedOn > addDays(today, DAYS_AHEAD_MAX))
    throw wrongField('wishedOn', 'too_far', 'has to be within a year');
}

/** @throws {AppError} `too_many_requests` */
async function assertMayAsk(ctx: Context, customerId: string): Promise<void> {
  if (ctx.actor.kind !== 'customer') return;
  const key = `order-request:${signatureOf(ctx.config.secret, `limit:${customerId}`)}`;
  const limit = { key, window_ms: HOUR_MS, max: AN_HOUR_MAX };
  const { ok, retry_after_s } = await countTry(ctx.db, { ...limit, now: ctx.now() });
  if (!ok)
    throw new AppError('too_many_requests', 'That was a lot at once. Please wait a little.', {
      retry_after_s,
    });
}

function rowsOf(ctx: Context, { id, reference }: OrderRequest, draft: RequestDraft) {
  const { order, lines, ...columns } = draft;
  const named = { orderSource: order?.source ?? null, orderNumber: order?.number ?? null };
  const by = { at: ctx.now(), actor: actorName(ctx.actor) };
  return [
    insertRequest({ ...columns, ...named, ...by, id, reference }),
    ...lines.map((line, position) => insertLine({ ...line, requestId: id, position })),
  ];
}

/** The request as it will stand, with what people and accounts are called now. */
async function foresee(
  { db, now }: Context,
  { id, reference }: { id: string; reference: string },
  draft: RequestDraft,
): Promise<OrderRequest> {
  const { order, lines, key: _key, ...columns } = draft;
  const row: RequestRow = {
    ...columns,
    ...{ id, reference, orderSource: order?.source ?? null, orderNumber: order?.number ?? null, at: now() },
    ...(await findNames(db.fresh, draft)),
    ...{ outcome: null, answeredAt: null, answeredBy: null },
    ...{ answerSource: null, answerNumber: null, answerText: null },
  };
  return toRequest(
    row,
    lines.map((line, position) => ({ ...line, requestId: id, position })),
  );
}
