import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { getBusiness } from '../business/business.ts';
import { listOver, listRunning } from './queries.ts';
import type { ListedWaiver, WaiverState } from './schema.ts';
import { toWaiverAnswer } from './to-answer.ts';

const WAIVERS_A_PAGE = 50;

/** Before the first id, and behind the last. */
const PLACES = { current: '', ended: '~' } as const;

/**
 * Waivers that run, oldest first, or those that are over, newest first. Why an account was let off is no analyst's: the reason is
 * empty for them.
 * @throws {AppError} `validation_failed` for a wrong cursor, `forbidden`
 */
export async function listWaivers(
  ctx: Context,
  { state = 'current', cursor = null }: { state?: WaiverState; cursor?: string | null } = {},
): Promise<{ items: ListedWaiver[]; nextCursor: string | null }> {
  allow(ctx.actor, 'customers:read');
  const place = cursor === null ? PLACES[state] : decodeCursor(z.tuple([z.string().max(100)]), cursor)[0];
  const list = state === 'current' ? listRunning : listOver;
  const [{ timeZone }, rows] = await Promise.all([
    getBusiness(ctx),
    list(ctx.db, { place, now: ctx.now(), limit: WAIVERS_A_PAGE + 1 }),
  ]);
  const page = rows.slice(0, WAIVERS_A_PAGE);
  const last = page.at(-1);
  const isPrivate = mayReadPrivate(ctx.actor);
  return {
    items: page.map(({ account, customerId, endedAt, endedBy, ...row }) => ({
      ...toWaiverAnswer({ ...row, reason: isPrivate ? row.reason : '' }, timeZone),
      ...{ account, customerId, endedBy },
      endedAt: endedAt === null ? null : instantText(Number(endedAt)),
    })),
    nextCursor: rows.length > WAIVERS_A_PAGE && last !== undefined ? encodeCursor([last.id]) : null,
  };
}
