import type { Job } from '../../../ground/jobs/job.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { type ArchiveTools, type RunTools, rejectedName } from '../runs/run-tools.ts';
import { workOnNextRun } from '../runs/work-on-runs.ts';
import { openStoredSink, storedFile } from './bucket-file.ts';
import { withStagingInMemory } from './staging-in-memory.ts';

/** The platform ends a trigger after a quarter of an hour at the latest; the next one comes in a minute. */
const TURN_MS = 25_000;
/** Each step asks the database some five times, and a trigger may ask others a thousand times at the most. */
const STEPS_MAX = 120;

/** Works on files that wait for it, a part of the way each minute. */
export const importJob = (archive: ArchiveTools): Job => ({
  name: 'import-files',
  everyMinutes: 1,
  run: (ctx) => workForOneTurn(ctx, archive),
});

async function workForOneTurn(ctx: Context, archive: ArchiveTools): Promise<void> {
  const files = ctx.largeFiles;
  if (files === null) return;
  const until = ctx.now() + TURN_MS;
  let steps = 0;
  const isOver = () => ctx.now() > until || steps > STEPS_MAX;
  const tools: RunTools = {
    me: `worker ${newId()}`,
    // An isolate that was ended says nothing; its run is free once it was silent for long.
    isGone: () => false,
    isOver: () => {
      steps += 1;
      return isOver();
    },
    fileOf: (run) => storedFile(files, run),
    withStaging: withStagingInMemory,
    archive,
    openRejected: async (id) => openStoredSink(files, rejectedName(id)),
  };
  while (!isOver() && (await workOnNextRun(ctx, tools)));
}
