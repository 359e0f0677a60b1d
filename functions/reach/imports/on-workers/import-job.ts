import type { Job } from '../../../ground/jobs/job.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { type ArchiveTools, type RunTools, rejectedName } from '../runs/run-tools.ts';
import { workOnNextRun } from '../runs/work-on-runs.ts';
import { openStoredSink, storedFile } from './bucket-file.ts';
import { withStagingInMemory } from './staging-in-memory.ts';

/** Works on files that wait for it, a part of the way each minute. */
export const importJob = (archive: ArchiveTools): Job => ({
  name: 'import-files',
  everyMinutes: 1,
  run: (ctx) => workForOneTurn(ctx, archive),
});

async function workForOneTurn(ctx: Context, archive: ArchiveTools): Promise<void> {
  const files = ctx.largeFiles;
  if (files === null) return;
  const isOver = ctx.turns?.begin('rest') ?? (() => false);
  const tools: RunTools = {
    me: `worker ${newId()}`,
    // An isolate that was ended says nothing; its run is free once it was silent for long.
    isGone: () => false,
    isOver,
    fileOf: (run) => storedFile(files, run),
    withStaging: withStagingInMemory,
    archive,
    openRejected: async (id) => openStoredSink(files, rejectedName(id)),
  };
  while (!isOver() && (await workOnNextRun(ctx, tools)));
}
