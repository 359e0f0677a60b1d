import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

/** No more than this is counted: a badge says "100". */
const COUNTED_MAX = 100;

/**
 * What waits for a person of the business, by the console's section in which it does, as the rooms declare it.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listWaiting(ctx: Context): Promise<Record<string, number>> {
  allow(ctx.actor, 'customers:read');
  const counted = await Promise.all([countRows(ctx), ...countOtherwise(ctx)]);
  const waiting: Record<string, number> = {};
  for (const { section, count } of counted.flat()) waiting[section] = (waiting[section] ?? 0) + count;
  return waiting;
}

interface Count {
  section: string;
  count: number;
}

/** All rooms' rows in one query. */
async function countRows({ db, house }: Context): Promise<Count[]> {
  const sections = Map.groupBy(
    house.waiting.filter(({ rows }) => rows !== undefined),
    ({ section }) => section,
  );
  if (sections.size === 0) return [];
  const columns = [...sections.values()].map((all) => {
    const sums = all.map(({ rows }) => `(SELECT count(*) FROM (${rows} LIMIT ${COUNTED_MAX}))`);
    return `min(${COUNTED_MAX}, ${sums.join(' + ')})`;
  });
  const [row] = await db.read(statement(`SELECT ${columns.join(', ')}`));
  return [...sections.keys()].map((section, index) => ({ section, count: Number(row?.[index] ?? 0) }));
}

function countOtherwise(ctx: Context): Promise<Count[]>[] {
  return ctx.house.waiting.flatMap(({ section, count }) =>
    count === undefined ? [] : [count(ctx).then((number) => [{ section, count: number }])],
  );
}
