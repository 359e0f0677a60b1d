import { eq } from 'drizzle-orm';
import { queryOne, statement } from '../../../db/query.ts';
import { jobRuns } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';

/** How far a moment has come through those whom it may concern, in the order of readers. */
export interface MomentPlace {
  /** Behind this reader; empty for the first. */
  behind: string;
  /** Whether it has come to the end. */
  isWhole: boolean;
}

/** The job whose row keeps where it goes on. */
export const MOMENTS_JOB = 'moments';

/** Where a run was broken off, for the next to go on with. */
export interface Left {
  moment: string;
  behind: string;
}

const findRun = queryOne((db) =>
  db.select({ goesOnAfter: jobRuns.goesOnAfter }).from(jobRuns).where(eq(jobRuns.name, MOMENTS_JOB)),
);

/** Null where the last run came to the end of all moments. */
export async function findLeft({ db }: Pick<Context, 'db'>): Promise<Left | null> {
  const [moment, behind = ''] = (await findRun(db.fresh))?.goesOnAfter?.split(' ') ?? [];
  return moment === undefined ? null : { moment, behind };
}

export async function keepLeft({ db }: Pick<Context, 'db'>, left: Left | null): Promise<void> {
  const text = left === null ? null : `${left.moment} ${left.behind}`;
  await db.write([statement('UPDATE job_runs SET goes_on_after = ? WHERE name = ?', text, MOMENTS_JOB)]);
}
