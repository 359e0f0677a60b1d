import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { getLogger } from '@logtape/logtape';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import { processName } from '../../ground/jobs/process-name.ts';
import type { Config } from '../../ground/platform/config.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import type { House } from '../../ground/room.ts';
import { contextOver } from './context.ts';
import { type DatabasePlace, openDatabase, placeOf } from './database.ts';

/** What the thread is told at its start. */
export interface BackgroundTask {
  config: Config;
  place: DatabasePlace;
  me: string;
}

export interface BackgroundRunner {
  /** Resolves once the thread has left what it was at, to be taken up by the next process. */
  stop: () => Promise<void>;
}

/** A file asks nothing of a network. */
const POLL_MS = { file: 500, server: 5000 } as const;
/** After a thread that found nothing to do, such as runs whose file lies on another machine. */
const IDLE_MS = 60_000;
/** How often jobs are asked whether they have work. */
const JOBS_MS = 60_000;

/**
 * Looks now and then whether a programme has accounts to reach, a file waits to be brought in, a backup to be made or tried,
 * or a job that computes for long has work, and then starts a thread for it, so that no request waits. The thread costs nothing while there is nothing to do.
 */
export async function startBackgroundRunner(
  config: Config,
  { defaults, house }: { defaults: Identity; house: House },
): Promise<BackgroundRunner> {
  const place = placeOf(config.databaseUrl);
  const db = await openDatabase(place, config.databaseAuthToken, 'small');
  const ctx = contextOver(db, { config, defaults, house });
  let jobsAskedAt = 0;
  let isEnding = false;
  let memory_mb = MEMORY_MB;
  let thread: Worker | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    let pause_ms: number = POLL_MS[place.kind];
    try {
      const asksJobs = performance.now() - jobsAskedAt >= JOBS_MS;
      if (asksJobs) jobsAskedAt = performance.now();
      const isAsked = await hasAsked(db);
      if ((isAsked || (asksJobs && (await hasJob(ctx)))) && !isEnding) {
        thread = startThread(
          {
            config,
            place,
            me: processName(),
          },
          memory_mb,
        );
        const [code] = await once(thread, 'exit');
        if (isAsked && code !== FOUND_WORK) pause_ms = IDLE_MS;
      }
    } catch (error) {
      pause_ms = POLL_MS.server;
      if (isOutOfMemory(error)) memory_mb = Math.min(2 * memory_mb, MEMORY_MB_MAX);
      getLogger(['regulars']).warn('What runs beside the server could not go on: {reason}', {
        reason: reasonOf(error),
      });
    }
    thread = null;
    if (!isEnding) plan(pause_ms);
  }

  function plan(pause_ms: number): void {
    timer = setTimeout(() => {
      looking = look();
    }, pause_ms);
    timer.unref();
  }

  plan(POLL_MS[place.kind]);
  return {
    stop: async () => {
      isEnding = true;
      clearTimeout(timer);
      thread?.postMessage('end');
      await looking;
      db.close();
    },
  };
}

/** How a thread ends that had something to do. */
export const FOUND_WORK = 10;

async function hasAsked(db: Store): Promise<boolean> {
  const rows = await db.fresh.read(
    statement(
      `SELECT 1 FROM import_runs WHERE state IN ('checking', 'waiting', 'running', 'undoing')
       UNION ALL SELECT 1 FROM backups WHERE finished_at IS NULL AND claimed_by IS NULL
       UNION ALL SELECT 1 FROM backup_drills WHERE finished_at IS NULL AND claimed_by IS NULL
       UNION ALL SELECT 1 FROM accounts WHERE id = root_id
         AND settled_revision < (SELECT coalesce(max(revision), 0) FROM programmes) LIMIT 1`,
    ),
  );
  return rows.length > 0;
}

async function hasJob(ctx: Context): Promise<boolean> {
  for (const { hasWork } of ctx.house.jobs) if (await hasWork?.(ctx)) return true;
  return false;
}

/** What the thread's JavaScript may hold: it works in steps that need a fraction of it, and cleans up in time when it is told. */
const MEMORY_MB = 96;
const MEMORY_MB_MAX = 2048;

function startThread(workerData: BackgroundTask, memory_mb: number): Worker {
  const thread = new URL('../../background-thread.ts', import.meta.url);
  const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: memory_mb };
  return new Worker(thread, { workerData, resourceLimits });
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
