import { z } from 'zod';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { choosePlace, listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace, type Place } from '../../money/accounts/places.ts';
import { mayActOn } from '../../people/households/may-act-on.ts';
import { findByReference, listOfPlaces } from './queries.ts';
import { completeRequests, type OrderRequest } from './request.ts';

const REQUESTS_A_PAGE = 20;
/** Behind every id. */
const LAST = '~';

/**
 * What the people of the signed-in customer's accounts asked for, as far as they see their orders; of one account where it is
 * named. The newest first.
 * @throws {AppError} `not_found` for an account that is not theirs, `validation_failed` for a wrong cursor
 */
export async function listOwnRequests(
  ctx: Context,
  { accountId = null, cursor = null }: { accountId?: string | null; cursor?: string | null } = {},
): Promise<{ items: OrderRequest[]; nextCursor: string | null }> {
  const all = await listOrderPlaces(ctx);
  const places = accountId === null ? all : [await choosePlace(ctx, all, accountId)];
  const [place] = cursor === null ? [LAST] : decodeCursor(z.tuple([z.string().max(100)]), cursor);
  const rows = await listOfPlaces(ctx.db, {
    places: JSON.stringify(places.map((one) => [one.rootId, one.departments, one.onlyOrdersOf])),
    ...{ place, limit: REQUESTS_A_PAGE + 1 },
  });
  const page = rows.slice(0, REQUESTS_A_PAGE);
  const last = rows.length > REQUESTS_A_PAGE ? page.at(-1) : undefined;
  return {
    items: await completeRequests(ctx.db, page),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
  };
}

/**
 * One of them, and whether who looks may take it back.
 * @throws {AppError} `not_found`, also for one of an account that is not theirs
 */
export async function getOwnRequest(
  ctx: Context,
  { reference }: { reference: string },
): Promise<{ request: OrderRequest; mayWithdraw: boolean; isOwn: boolean }> {
  const customerId = customerIdOf(ctx);
  const [row, places] = await Promise.all([
    findByReference(ctx.db, { reference: normalCode(reference) }),
    listOrderPlaces(ctx),
  ]);
  const place = row === null ? null : findPlaceOf(row, places);
  const [request] = row === null || place === null ? [] : await completeRequests(ctx.db, [row]);
  if (request === undefined || place === null) throw new AppError('not_found', 'There is no such request.');
  const isOpen = request.state === 'placed';
  const ownerId = request.customer.id;
  return {
    request,
    mayWithdraw: isOpen && (await mayActOn(ctx, place, { customerId, ownerId })),
    isOwn: ownerId === customerId,
  };
}

/** The place that shows a request, as it shows the orders of whoever asked; null where none does. */
export function findPlaceOf(
  { rootId, accountId, customerId }: { rootId: string; accountId: string; customerId: string },
  places: readonly Place[],
): Place | null {
  return places.find((place) => isInPlace(place, { rootId, accountId, customerId })) ?? null;
}
