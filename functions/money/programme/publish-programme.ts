import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findSettling } from './find-settling.ts';
import { countRoots } from './queries.ts';
import { type Recounted, recountAll } from './recount-all.ts';
import { type ProgrammeSet, putProgramme } from './set-programme.ts';

/** So many root accounts are counted while a page waits; of more it answers at once, and a job goes on. */
const ACCOUNTS_AT_ONCE = 1000;

/** As {@link ProgrammeSet}; nothing is told of what it posts where that is for many accounts. */
export interface ProgrammePublished extends Omit<ProgrammeSet, 'posted'> {
  posted: Recounted | null;
}

/**
 * Sets the programme as `setProgramme` does, and answers at once: of many accounts each is brought up to it in the
 * background, see `resettle`, or by the next thing that happens with it. One is published at a time.
 * @throws {AppError} as `setProgramme`, and `programme_settling` while the one before has not reached all accounts
 */
export async function publishProgramme(
  ctx: Context,
  json: unknown,
  { isDryRun }: { isDryRun: boolean },
): Promise<ProgrammePublished> {
  const db = ctx.db.fresh;
  const [settling, counted] = await Promise.all([
    findSettling(ctx),
    countRoots(db, { limit: ACCOUNTS_AT_ONCE + 1 }),
  ]);
  if (settling !== null)
    throw new AppError(
      'programme_settling',
      `The programme of before is still brought to ${settling.waiting} accounts; publish once it has reached them.`,
    );
  const { set, business } = await putProgramme(ctx, json, { isDryRun });
  const isMany = (counted?.roots ?? 0) > ACCOUNTS_AT_ONCE;
  return { ...set, posted: isMany ? null : await recountAll(ctx, business, { isDryRun }) };
}
