import { statement } from '../../../db/query.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { reasonOf } from '../platform/reason-of.ts';
import type { Job } from './job.ts';

export interface JobRun {
  name: string;
  /** Null when it went well; else what went wrong, without any data. */
  failure: string | null;
  duration_ms: number;
}

export interface RunOptions {
  /** One job alone. */
  name?: string;
  /** Leaves out what ran a short while ago, here or in another process: what a schedule asks for. */
  onlyDue?: boolean;
  /** In place of those of the house. */
  registry?: readonly Job[];
}

/** A schedule that fires a little early still finds its job due. */
const SLACK_MS = 10_000;

/** What a schedule calls: whatever happens is in the log, and the next minute tries again. Never throws. */
export async function runDueJobs(ctx: Context, registry: readonly Job[] = ctx.house.jobs): Promise<void> {
  try {
    if (registry.length > 0) await runJobs(ctx, { onlyDue: true, registry });
  } catch (error) {
    ctx.log.error('The jobs could not run: {reason}', { reason: reasonOf(error) });
  }
}

/**
 * Runs the jobs one after the other; one that fails does not keep the next from running. A process that was asked to
 * stop begins no further one.
 * @throws {AppError} `not_found` for an unknown name
 * @throws {StoreUnavailable} when not even the start of a job can be written down
 */
export async function runJobs(ctx: Context, options: RunOptions = {}): Promise<JobRun[]> {
  const { name, onlyDue = false, registry = ctx.house.jobs } = options;
  const chosen = name === undefined ? registry : registry.filter((job) => job.name === name);
  if (chosen.length === 0)
    throw new AppError(
      'not_found',
      `There is no job ${name}. There are ${registry.map((job) => job.name).join(', ')}.`,
    );
  const runs: JobRun[] = [];
  for (const job of chosen) {
    if (ctx.isEnding?.()) break;
    if (await begin(ctx, job, onlyDue)) runs.push(await runOne(ctx, job));
  }
  return runs;
}

/** Writes down that the job starts; of two processes that find it due, one succeeds. */
async function begin(ctx: Context, job: Job, onlyDue: boolean): Promise<boolean> {
  const now = ctx.now();
  const dueSince = onlyDue ? now - job.everyMinutes * 60_000 + SLACK_MS : now;
  const [rows] = await ctx.db.write([
    statement(
      `INSERT INTO job_runs (name, started_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE
       SET started_at = excluded.started_at, finished_at = NULL, failure = NULL
       WHERE started_at <= ? OR started_at > excluded.started_at RETURNING name`,
      job.name,
      now,
      dueSince,
    ),
  ]);
  return rows?.length === 1;
}

async function runOne(ctx: Context, job: Job): Promise<JobRun> {
  const started = ctx.now();
  const failure = await failureOf(ctx, job);
  const finished = ctx.now();
  try {
    await ctx.db.write([
      statement(
        'UPDATE job_runs SET finished_at = ?, failure = ? WHERE name = ? AND started_at <= ?',
        finished,
        failure,
        job.name,
        finished,
      ),
    ]);
  } catch (error) {
    ctx.log.error('The end of job {name} was not written down: {reason}', {
      name: job.name,
      reason: reasonOf(error),
    });
  }
  return { name: job.name, failure, duration_ms: finished - started };
}

async function failureOf(ctx: Context, job: Job): Promise<string | null> {
  try {
    await job.run(ctx);
    return null;
  } catch (error) {
    const failure = reasonOf(error);
    ctx.log.error('Job {name} failed: {failure}', { name: job.name, failure });
    return failure;
  }
}
