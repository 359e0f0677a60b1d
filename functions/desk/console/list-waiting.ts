import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Waiting } from '../../ground/room.ts';
import { keptFigure } from './kept-figures.ts';

/** No more than this is counted: a badge says "100". */
const COUNTED_MAX = 100;

/** One thing that waits for a person, and how many of it. */
export type WaitingCount = Pick<Waiting, 'section' | 'what' | 'path'> & {
  count: number;
  /** Whether the reader may do it. */
  isYours: boolean;
};

/**
 * What waits for a person of the business, by the console's section in which it does, as the rooms declare it.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listWaiting(ctx: Context): Promise<Record<string, number>> {
  const waiting: Record<string, number> = {};
  for (const { section, count } of await countWaiting(ctx))
    waiting[section] = Math.min(COUNTED_MAX, (waiting[section] ?? 0) + count);
  return waiting;
}

/** The same, each thing by itself, also what there is none of. @throws {AppError} `unauthenticated`, `forbidden` */
export async function countWaiting(ctx: Context): Promise<WaitingCount[]> {
  allow(ctx.actor, 'customers:read');
  const { waiting } = ctx.house;
  const [rows, ...others] = await Promise.all([countRows(ctx), ...waiting.map((one) => one.count?.(ctx))]);
  return waiting.map(({ section, what, path, roles }, at) => ({
    ...{ section, what, path },
    count: Math.min(COUNTED_MAX, others[at] ?? rows.get(what) ?? 0),
    isYours: mayAct(ctx, roles),
  }));
}

/** All rooms' rows in one query, by what they are; of a moment ago where many companies have to be looked through. */
async function countRows(ctx: Context): Promise<Map<string, number>> {
  const counted = ctx.house.waiting.flatMap(({ rows, what }) => (rows === undefined ? [] : [{ rows, what }]));
  if (counted.length === 0) return new Map();
  const columns = counted.map(({ rows }) => `(SELECT count(*) FROM (${rows} LIMIT ${COUNTED_MAX}))`);
  return keptFigure(ctx, 'waiting', {
    compute: async () => {
      const [row] = await ctx.db.read(statement(`SELECT ${columns.join(', ')}`));
      return new Map(counted.map(({ what }, at) => [what, Number(row?.[at] ?? 0)]));
    },
    write: (counts) => JSON.stringify([...counts]),
    read: (kept) => new Map(keptCounts.parse(JSON.parse(kept))),
  });
}

const keptCounts = z.array(z.tuple([z.string(), z.number()]));

/** Analysts look on. */
function mayAct({ actor }: Context, roles: Waiting['roles']): boolean {
  if (actor.kind !== 'staff') return true;
  return actor.role !== 'analyst' && (roles === undefined || roles.includes(actor.role));
}
