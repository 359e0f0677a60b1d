import { Cron } from 'croner';
import type { Context } from '../platform/context.ts';
import type { Job } from './job.ts';
import { runDueJobs } from './run-jobs.ts';

export interface Schedule {
  /** Starts nothing more; resolves when the run under way is over. */
  stop: () => Promise<void>;
}

/**
 * Runs, every minute, the jobs that are due; a run that takes longer is not overtaken. On Node only, where what computes
 * for long is left to a thread beside the server: Workers have crons.
 */
export function startSchedule(makeContext: () => Context): Schedule {
  let running: Promise<void> = Promise.resolve();
  const cron = new Cron('* * * * *', { protect: true, unref: true }, () => {
    const ctx = makeContext();
    running = runDueJobs(ctx, ctx.house.jobs.filter(isShort));
    return running;
  });
  return {
    stop: async () => {
      cron.stop();
      await running;
    },
  };
}

/** What a server runs between its answers; the others compute for long. */
export const isShort = ({ hasWork }: Job): boolean => hasWork === undefined;
