import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { findWaived, type Waived } from '../../money/redemptions/waivers.ts';
import {
  findById,
  findByReference,
  listDecided,
  listOfOrder,
  listWaiting,
  type RequestRow,
} from './queries.ts';
import { completeRequests, type OrderRequest } from './request.ts';

const REQUESTS_A_PAGE = 50;
/** Before the first id, and behind the last. */
const PLACES = { waiting: '', decided: '~' } as const;
const OF_ORDER_MAX = 10;

/**
 * Requests that wait, the oldest first, or those that are decided, the newest first. What was said with them is no analyst's.
 * @throws {AppError} `validation_failed` for a wrong cursor, `forbidden`
 */
export async function listRequests(
  ctx: Context,
  { state = 'waiting', cursor = null }: { state?: 'waiting' | 'decided'; cursor?: string | null } = {},
): Promise<{ items: OrderRequest[]; nextCursor: string | null }> {
  allow(ctx.actor, 'orders:read');
  const [place] = cursor === null ? [PLACES[state]] : decodeCursor(z.tuple([z.string().max(100)]), cursor);
  const list = state === 'waiting' ? listWaiting : listDecided;
  const rows = await list(ctx.db, { place, limit: REQUESTS_A_PAGE + 1 });
  const page = rows.slice(0, REQUESTS_A_PAGE);
  const last = rows.length > REQUESTS_A_PAGE ? page.at(-1) : undefined;
  return {
    items: (await completeRequests(ctx.db, page)).map((one) => shownTo(ctx, one)),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
  };
}

/** One request for staff and programs, by its id. @throws {AppError} `not_found`, `forbidden` */
export async function getRequest(ctx: Context, { id }: { id: string }): Promise<OrderRequest> {
  allow(ctx.actor, 'orders:read');
  return only(ctx, await findById(ctx.db, { id }));
}

/** The same by its reference, with whether its account need not reach a minimum. @throws {AppError} `not_found`, `forbidden` */
export async function getRequestFile(
  ctx: Context,
  { reference }: { reference: string },
): Promise<{ request: OrderRequest; waived: Waived | null }> {
  allow(ctx.actor, 'orders:read');
  const request = await only(ctx, await findByReference(ctx.db, { reference: normalCode(reference) }));
  const waived = await findWaived(ctx, [request.rootId]);
  return { request, waived: waived.get(request.rootId) ?? null };
}

/** What was asked about an order, or answered with it, for staff. @throws {AppError} `forbidden` */
export async function listRequestsAbout(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OrderRequest[]> {
  allow(ctx.actor, 'orders:read');
  const found = await completeRequests(ctx.db, await listOfOrder(ctx.db, { ...key, limit: OF_ORDER_MAX }));
  return found.map((one) => shownTo(ctx, one));
}

async function only(ctx: Context, row: RequestRow | null): Promise<OrderRequest> {
  const [request] = row === null ? [] : await completeRequests(ctx.db, [row]);
  if (request === undefined) throw new AppError('not_found', 'There is no such request.');
  return shownTo(ctx, request);
}

function shownTo({ actor }: Pick<Context, 'actor'>, request: OrderRequest): OrderRequest {
  if (mayReadPrivate(actor)) return request;
  const { answer } = request;
  return { ...request, note: null, answer: answer && { ...answer, text: null } };
}
