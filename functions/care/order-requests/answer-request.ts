import type { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { orderRequestAnswers } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { type AnsweredDecision, writeHistory } from '../../money/accounts/write-history.ts';
import { BY_HAND } from '../../money/orders/by-hand.ts';
import { changeOrder } from '../../money/orders/change-order.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { addEvent } from '../../money/orders/order-addition.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import type { OrderEventInput } from '../../money/orders/schema.ts';
import { decidedMail } from './mails.ts';
import { findById } from './queries.ts';
import { completeRequests, type OrderRequest, toRequestAnswer } from './request.ts';
import { whyNotCancellable } from './request-cancellation.ts';
import { answerRequestInput, declineRequestInput, type RequestAnswer } from './schema.ts';

const insertAnswer = insertInto(orderRequestAnswers);

interface OrderNamed {
  source: string;
  number: string;
}

/**
 * Answers a request: with the order that was recorded for it, in words, or both. That of a cancellation is carried out in the
 * same write: the order is cancelled, if it is still of the account and nothing of it is packed. Given the same answer again, nothing happens.
 * @throws {AppError} `not_found`, `already_decided`, `validation_failed` (`order`: `unknown_order`, `order_of_another_account`,
 *   `not_for_cancellation`, `packed`; `text`: `required` without an order), `forbidden`
 */
export async function answerOrderRequest(
  ctx: Context,
  { id, ...typed }: { id: string } & z.input<typeof answerRequestInput>,
  options: Alongside<RequestAnswer> = {},
): Promise<OrderRequest> {
  allow(ctx.actor, 'orders:write');
  const { order, text } = parseInput(answerRequestInput, typed);
  const request = await loadRequest(ctx, id);
  const told: Told = { outcome: 'answered', order, text };
  if (request.kind === 'cancel') {
    if (order !== null) throw wrongField('order', 'not_for_cancellation', 'is made of no cancellation');
    return cancelAsAsked(ctx, request, told, options);
  }
  if (order === null && text === null)
    throw wrongField('text', 'required', 'is needed where no order is named');
  if (order !== null) await assertOfAccount(ctx, order, request);
  return decide(ctx, id, told, options);
}

/** Declines a request, with why. @throws {AppError} `not_found`, `already_decided`, `validation_failed` (`text`), `forbidden` */
export async function declineOrderRequest(
  ctx: Context,
  { id, ...typed }: { id: string } & z.input<typeof declineRequestInput>,
  options: Alongside<RequestAnswer> = {},
): Promise<OrderRequest> {
  allow(ctx.actor, 'orders:write');
  const { text } = parseInput(declineRequestInput, typed);
  return decide(ctx, id, { outcome: 'declined', order: null, text }, options);
}

interface Told {
  outcome: 'answered' | 'declined';
  order: OrderNamed | null;
  text: string | null;
}

async function loadRequest(ctx: Context, id: string): Promise<OrderRequest> {
  const db = ctx.db.fresh;
  const row = await findById(db, { id });
  const [request] = row === null ? [] : await completeRequests(db, [row]);
  if (request === undefined) throw new AppError('not_found', 'There is no such request.');
  return request;
}

async function assertOfAccount(ctx: Context, { source, number }: OrderNamed, { rootId }: OrderRequest) {
  const [row] = await listOrdersByKey(ctx.db.fresh, { keys: JSON.stringify([[source, number]]) });
  if (row === undefined) throw wrongField('order', 'unknown_order', 'is not recorded');
  if (row.rootId !== rootId)
    throw wrongField('order', 'order_of_another_account', 'is of another account than the request');
}

async function decide(
  ctx: Context,
  id: string,
  told: Told,
  options: Alongside<RequestAnswer>,
): Promise<OrderRequest> {
  const { rootId } = await loadRequest(ctx, id);
  const done = await writeHistory<OrderRequest>(ctx, rootId, async (seen) => {
    const request = await loadRequest(seen, id);
    if (isSameAnswer(request, told)) return { ...unchanged, result: request };
    assertOpen(request);
    return decisionOn(ctx, request, told, options);
  });
  ctx.wakeMail('soon');
  return done;
}

/** An answer that was lost on its way is given again. */
const isSameAnswer = ({ state, answer }: OrderRequest, { outcome, order, text }: Told): boolean =>
  state === outcome &&
  answer?.text === text &&
  answer.order?.source === order?.source &&
  answer.order?.number === order?.number;

function assertOpen({ state }: OrderRequest): void {
  if (state !== 'placed') throw new AppError('already_decided', 'This request is decided already.');
}

function decisionOn(
  ctx: Context,
  request: OrderRequest,
  told: Told,
  options: Alongside<RequestAnswer>,
): AnsweredDecision<OrderRequest> {
  const { id, reference } = request;
  const result = answered(ctx, request, told);
  return {
    rows: [answerRow(ctx, id, told)],
    history: { kind: historyOf[told.outcome], detail: { request: id, number: reference } },
    ...partsOf(request, told),
    beside: options.alongside?.(toRequestAnswer(result), 201) ?? [],
    result,
  };
}

const historyOf = {
  answered: 'order_request_answered',
  declined: 'order_request_declined',
} as const;

const answerRow = (ctx: Context, requestId: string, { outcome, order, text }: Told) =>
  insertAnswer({
    ...{ requestId, outcome, text, orderSource: order?.source ?? null, orderNumber: order?.number ?? null },
    ...{ at: ctx.now(), actor: actorName(ctx.actor) },
  });

function partsOf(request: OrderRequest, told: Told): Required<Pick<Decision, 'letters' | 'audit'>> {
  const { id, reference } = request;
  return {
    letters: [decidedMail(request, told)],
    audit: {
      kind: told.outcome === 'answered' ? 'order-request.answered' : 'order-request.declined',
      ...{ subjectKind: 'order_request', subjectId: id, detail: { number: reference } },
    },
  };
}

const answered = (ctx: Context, request: OrderRequest, { outcome, order, text }: Told): OrderRequest => ({
  ...request,
  state: outcome,
  answer: { at: ctx.now(), by: null, order, text },
});

/** The order is cancelled by an event that has the request's id, so that pressed twice it counts once. */
async function cancelAsAsked(
  ctx: Context,
  request: OrderRequest,
  told: Told,
  options: Alongside<RequestAnswer>,
): Promise<OrderRequest> {
  if (isSameAnswer(request, told)) return request;
  assertOpen(request);
  const { id, reference, rootId, order } = request;
  const kept = order === null ? undefined : (await loadOrders(ctx.db.fresh, [order])).get(orderKey(order));
  if (order === null || kept === undefined)
    throw new AppError('not_found', 'The order of this request is not there any more.');
  if (stateOf(kept).isCancelled) return decide(ctx, id, told, options);
  const result = answered(ctx, request, told);
  const decision: Decision = {
    rows: [answerRow(ctx, id, told)],
    histories: [{ rootId, kind: historyOf[told.outcome], detail: { request: id, number: reference } }],
    ...partsOf(request, told),
    beside: options.alongside?.(toRequestAnswer(result), 201) ?? [],
  };
  const event = {
    ...{ id: `request-${id}`, source: BY_HAND, status: 'cancelled' as const, at: ctx.now() },
    ...{ note: null, carrier: null, trackingNumber: null, trackingUrl: null, parcel: null },
  };
  try {
    await changeOrder(ctx, order, (now) => cancelledBy(now, { rootId, event }), {
      alongside: () => toStatements(ctx, decision),
    });
  } catch (error) {
    if (!isConflictOn(error, 'order_request_answers')) throw error;
    const now = await loadRequest(ctx, id);
    if (isSameAnswer(now, told)) return now;
    throw new AppError('already_decided', 'This request is decided already.');
  }
  ctx.wakeMail('soon');
  return result;
}

/** Looked at again at the moment of the write: it may have been moved or packed since it was asked for. */
function cancelledBy(order: Order, { rootId, event }: { rootId: string; event: OrderEventInput }) {
  if (order.rootId !== rootId)
    throw wrongField('order', 'order_of_another_account', 'is of another account than the request');
  if (whyNotCancellable(order) === 'packed') throw wrongField('order', 'packed', 'is packed already');
  return addEvent(order, event);
}
