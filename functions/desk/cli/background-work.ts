import { openLargeFolder } from '../../ground/files/large-folder.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import { isGone } from '../../ground/jobs/process-name.ts';
import { runDueJobs } from '../../ground/jobs/run-jobs.ts';
import { isShort } from '../../ground/jobs/schedule.ts';
import type { House } from '../../ground/room.ts';
import { isUnsettled, resettle } from '../../money/programme/settle-accounts.ts';
import { openSink } from '../../reach/imports/on-node/by-path.ts';
import { fileAt } from '../../reach/imports/on-node/file-at.ts';
import { stagingIn } from '../../reach/imports/on-node/staging-file.ts';
import { type RunTools, rejectedName } from '../../reach/imports/runs/run-tools.ts';
import { workOnNextRun } from '../../reach/imports/runs/work-on-runs.ts';
import { archiveTools } from '../archive/archive-tools.ts';
import { workOnNextBackup } from '../backup/work-on-backups.ts';
import { type BackgroundTask, FOUND_WORK } from './background-runner.ts';
import { contextOver } from './context.ts';
import { openDatabase } from './database.ts';

/** Works on files and backups that wait until there is none, then runs the jobs that compute for long, by a connection of its own. */
export async function workInThread(
  { config, place, me }: BackgroundTask,
  { defaults, house, isEnding }: { defaults: Identity; house: House; isEnding: () => boolean },
): Promise<number> {
  const db = await openDatabase(place, config.databaseAuthToken, 'small');
  const folder = openLargeFolder(config);
  const tools: RunTools = {
    me,
    isGone: (claimedBy) => isGone(claimedBy, me),
    isOver: isEnding,
    fileOf: ({ id, fileName }) => ({ ...fileAt(folder.pathOf(id)), name: fileName }),
    withStaging: stagingIn(folder.folder),
    archive: archiveTools,
    openRejected: (id) => openSink(folder.pathOf(rejectedName(id))),
  };
  const ctx = {
    ...contextOver(db, { config, defaults, house }),
    largeFiles: folder,
    actor: { kind: 'system', name: 'imports' } as const,
    isEnding,
  };
  let worked = 0;
  const jobs = { ...ctx, actor: { kind: 'system', name: 'jobs' } as const };
  try {
    do {
      // Before each file, since one takes long.
      if (await isUnsettled(ctx)) worked += await resettle(jobs);
    } while (!isEnding() && (await workOnNextRun(ctx, tools)) && ++worked);
    while (!isEnding() && (await workOnNextBackup(jobs))) worked += 1;
    await runDueJobs(
      jobs,
      house.jobs.filter((job) => !isShort(job)),
    );
  } finally {
    db.close();
  }
  return worked > 0 ? FOUND_WORK : 0;
}
