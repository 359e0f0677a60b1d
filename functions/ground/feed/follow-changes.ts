import { statement } from '../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';
import type { Change, Follower } from './follower.ts';
import { findPosition, listNextChanges, listNextChangesWithDetail } from './queries.ts';
import { takeSteps } from './take-steps.ts';

const STEP = 200;
const STEPS_MAX = 50;

type Reading = Pick<Context, 'db' | 'isEnding' | 'steps'>;

/** What a follower does with some changes: it works, or returns what is written in one unit with its new position. */
export type Follow = (changes: Change[]) => Promise<readonly Statement[] | undefined>;

interface Following {
  terms?: string;
  anew?: readonly Statement[];
  upTo?: number;
}

/**
 * Hands a follower the changes behind its position, in the order in which they were committed, and moves the position on
 * step by step. What `follow` returns is written in the same unit as the position, once; what it does by itself is done
 * again when the process ends before the position has moved. Of several that follow under one name at once, one moves
 * the position and the others stop. `terms` is what the changes are read under: other terms begin anew at the first change.
 * `anew` is written in one unit with each beginning that moves the position; its guard is {@link beginsAnew}. Changes beyond the
 * position `upTo` are left for another time.
 * @returns how many changes were passed
 * @throws whatever `follow` throws: the position stays before the step that failed
 */
export async function followChanges(
  ctx: Reading,
  follower: Follower,
  follow: Follow,
  { terms = '', anew = [], upTo = Number.POSITIVE_INFINITY }: Following = {},
): Promise<number> {
  const { step = STEP, stepsMax = STEPS_MAX } = follower;
  const mayStep = takeSteps(ctx, stepsMax);
  let passed = 0;
  while (mayStep()) {
    const { kept, page } = await readStep(ctx, follower, step, upTo);
    if (kept === null || kept.terms !== terms) {
      await ctx.db.write([...anew, begin(follower, kept === null ? follower.start : 'beginning', terms)]);
      continue;
    }
    const last = page.at(-1);
    if (last === undefined) break;
    const wanted = page.filter(({ kind }) => follower.kinds?.includes(kind) ?? true);
    const statements = wanted.length === 0 ? [] : await follow(wanted);
    const move = { name: follower.name, from: kept.position, to: last.position };
    if (!(await moveOn(ctx, move, statements ?? []))) break;
    passed += page.length;
    if (page.length < step) break;
  }
  return passed;
}

/** Has a follower stand somewhere, unless it does already: what is written with it, and whatever is after it, is followed. */
export const beginFollowing = (follower: Follower): Statement => begin(follower, follower.start, '');

/** Forgets where a follower stands that has nothing to do for now: it begins anew when it follows again. */
export async function stopFollowing(ctx: Reading, { name }: Follower): Promise<void> {
  if ((await findPosition(ctx.db.fresh, { name })) === null) return;
  await ctx.db.write([statement('DELETE FROM feed_positions WHERE name = ?', name)]);
}

/** Whether a follower that has these terms stands under others, or nowhere: the condition of what is written as it begins anew. */
export const beginsAnew = 'NOT EXISTS (SELECT 1 FROM feed_positions WHERE name = ? AND terms = ?)';

async function readStep(ctx: Reading, { name, withDetail }: Follower, limit: number, upTo: number) {
  const db = ctx.db.fresh;
  const listNext = withDetail ? listNextChangesWithDetail : listNextChanges;
  const [kept, page] = await Promise.all([findPosition(db, { name }), listNext(db, { name, limit })]);
  return { kept, page: page.filter(({ position }) => position <= upTo) };
}

/** The position of a follower is made, or put to the beginning under other terms. */
function begin({ name }: Follower, start: Follower['start'], terms: string): Statement {
  return statement(
    `INSERT INTO feed_positions (name, position, terms)
     SELECT ?, CASE ? WHEN 'end' THEN coalesce(max(position), 0) ELSE 0 END, ? FROM feed_changes WHERE true
     ON CONFLICT (name) DO UPDATE SET position = 0, terms = excluded.terms WHERE terms <> excluded.terms`,
    name,
    start,
    terms,
  );
}

/**
 * Moves the position in one unit with what was done; false when somebody else moved it meanwhile, and nothing was written.
 * A position that is no longer where it was becomes NULL, which its column refuses.
 */
async function moveOn(
  ctx: Reading,
  { name, from, to }: { name: string; from: number; to: number },
  statements: readonly Statement[],
): Promise<boolean> {
  const moved = statement(
    `INSERT INTO feed_positions (name, position, terms)
     VALUES (?, CASE WHEN ? = (SELECT position FROM feed_positions WHERE name = ?) THEN ? END, '')
     ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
    name,
    from,
    name,
    to,
  );
  try {
    await ctx.db.write([moved, ...statements]);
    return true;
  } catch (error) {
    if (isConflictOn(error, 'feed_positions.position')) return false;
    throw error;
  }
}
