import { openBackupBucket } from '../../../ground/files/large-bucket.ts';
import { openLargeFolder } from '../../../ground/files/large-folder.ts';
import { isGone, processName } from '../../../ground/jobs/process-name.ts';
import type { BackupTools } from '../../../ground/platform/backup-tools.ts';
import type { Config } from '../../../ground/platform/config.ts';
import { copyToPlace } from './copy-to-place.ts';
import { restoreBeside } from './restore-beside.ts';

/** Backups of a process with a disk: in the folder `backups` beside the database, and in the bucket that is set. */
export function openBackupTools(config: Config): BackupTools {
  const me = processName();
  const folder = openLargeFolder(config, 'backups');
  const bucket = config.bucket === null ? undefined : openBackupBucket(config.bucket);
  return {
    me,
    isGone: (claimedBy) => isGone(claimedBy, me),
    places: { folder, ...(bucket === undefined ? {} : { bucket }) },
    copy: config.databaseUrl.startsWith('file:')
      ? (ctx, file, steps) => copyToPlace(ctx, { file, folder, bucket }, steps)
      : null,
    restore: (ctx, file, steps) => restoreBeside(ctx, { file, folder, bucket }, steps),
  };
}
