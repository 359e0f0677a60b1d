import { writeDecision } from '../../ground/decision/write-decision.ts';
import { type JobRun, runJobs } from '../../ground/jobs/run-jobs.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

/**
 * Runs one job now, as the schedule would; null when it runs already. It acts as the system, which jobs are.
 * @throws {AppError} `not_found` for an unknown name, `forbidden`
 */
export async function runJobAgain(ctx: Context, { name }: { name: string }): Promise<JobRun | null> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const [run] = await runJobs({ ...ctx, actor: { kind: 'system', name: 'jobs' } }, { name });
  await writeDecision(ctx, { audit: { kind: 'job.run', subjectKind: 'job', subjectId: name } });
  return run ?? null;
}
