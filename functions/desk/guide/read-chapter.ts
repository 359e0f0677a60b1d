import { insertInto } from '../../../db/query.ts';
import { guideReads } from '../../../db/schema/index.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context, Role } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { thankStaff } from '../../people/thanks/thank-staff.ts';
import { chaptersFor } from './chapters.ts';
import { listReadBy } from './queries.ts';

const insertRead = insertInto(guideReads);

/**
 * Somebody of the team has read a chapter of the guide, once; whoever has read all of theirs is thanked. Returns whether this was the
 * last.
 * @throws {AppError} `not_found` for a chapter that their guide does not have, `forbidden`
 */
export function readChapter(ctx: Context, { chapter }: { chapter: string }): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== 'staff')
    return Promise.reject(new AppError('forbidden', 'The guide is read by the team.'));
  const { id: staffId, role } = actor;
  // Of two chapters at once one has to see that it is the last.
  const contention = {
    subject: 'guide',
    key: `guide:${staffId}`,
    conflicts: ['guide_reads', 'staff_thanks'],
  };
  return retrying(ctx, contention, () => read(ctx, { chapter, staffId, role }));
}

async function read(
  ctx: Context,
  { chapter, staffId, role }: { chapter: string; staffId: string; role: Role },
): Promise<boolean> {
  const own = chaptersFor(role);
  if (!own.some(({ name }) => name === chapter)) throw new AppError('not_found', 'There is no such chapter.');
  const known = new Set((await listReadBy(ctx.db.fresh, { staffId })).map((one) => one.chapter));
  if (known.has(chapter)) return false;
  const isLast = own.every(({ name }) => name === chapter || known.has(name));
  const thanks = { kind: 'guide_finished', subject: 'guide', count: null, words: null } as const;
  await writeDecision(ctx, {
    rows: [insertRead({ staffId, chapter, at: ctx.now(), seq: known.size + 1 })],
    also: isLast ? [await thankStaff(ctx, { staffId, ...thanks })] : [],
  });
  if (isLast) ctx.wakeMail('soon');
  return isLast;
}
