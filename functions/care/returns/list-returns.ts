import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { getBusiness } from '../../money/business/business.ts';
import { countRecentOf } from './count-recent.ts';
import { termsIn } from './load-terms.ts';
import { type ListedReturnRow, listAllReturns, listOpenReturns } from './queries.ts';
import type { ListedReturn } from './schema.ts';

const RETURNS_PER_PAGE = 50;

/** A return of a list, with whose it is for who may read it. */
export type DeskReturn = ListedReturnRow & { recent: number; isMuch: boolean };

/** Those that wait, oldest first, or all, newest first. @throws {AppError} `unauthenticated`, `forbidden`, `validation_failed` */
export async function listReturns(
  ctx: Context,
  { state = 'open', cursor = null }: { state?: 'open' | 'all'; cursor?: string | null } = {},
): Promise<{ items: DeskReturn[]; nextCursor: string | null }> {
  allow(ctx.actor, 'orders:read');
  const first: [number, string] = state === 'open' ? [0, ''] : [Number.MAX_SAFE_INTEGER, ''];
  const [at, id] = cursor === null ? first : decodeCursor(z.tuple([z.int(), z.string().max(100)]), cursor);
  const list = state === 'open' ? listOpenReturns : listAllReturns;
  const [business, rows] = await Promise.all([
    getBusiness(ctx),
    list(ctx.db, { at, id, limit: RETURNS_PER_PAGE + 1 }),
  ]);
  const page = rows.slice(0, RETURNS_PER_PAGE);
  const last = rows.length > RETURNS_PER_PAGE ? page.at(-1) : undefined;
  const { much } = termsIn(business);
  const recentOf = await countRecentOf(ctx, { rootIds: page.map(({ rootId }) => rootId), much });
  const isPrivate = mayReadPrivate(ctx.actor);
  return {
    items: page.map((row) => {
      const { count: recent, isMuch } = recentOf(row.rootId);
      return { ...row, name: isPrivate ? row.name : null, recent, isMuch };
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.at, last.id]),
  };
}

/** The same for programs. @throws {AppError} as it */
export async function listReturnAnswers(
  ctx: Context,
  asked: { state?: 'open' | 'all'; cursor?: string | null },
): Promise<{ items: ListedReturn[]; nextCursor: string | null }> {
  const { items, nextCursor } = await listReturns(ctx, asked);
  return {
    items: items.map((row) => ({
      reference: row.reference,
      order: { source: row.source, number: row.number },
      ...{ state: row.state, wish: row.wish, outcome: row.outcome, customerId: row.customerId },
      stateAt: instantText(row.stateAt),
      requestedAt: instantText(row.at),
      worth: toMoneyJson(row.worthMinor, row.currency),
      ...{ recent: row.recent, isMuch: row.isMuch },
    })),
    nextCursor,
  };
}
