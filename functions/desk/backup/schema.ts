import { z } from 'zod';
import { backupPlaces } from '../../ground/platform/backup-tools.ts';
import type { Backup } from './list-backups.ts';

/** A backup, as the API answers it. */
export const backupAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(['copy', 'archive']),
    place: z.enum(backupPlaces),
    state: z.enum(['under_way', 'made', 'failed']),
    isScheduled: z.boolean(),
    askedAt: z.string(),
    finishedAt: z.string().nullable(),
    failure: z.string().nullable(),
    bytes: z.number(),
    orders: z.number().nullable(),
    entries: z.number().nullable(),
    drill: z
      .object({
        way: z.enum(['restored', 'read']).meta({
          description: 'Restored and verified, or read back where there is nothing to restore it onto.',
        }),
        finishedAt: z.string(),
        failure: z.string().nullable(),
        differences: z.number().nullable(),
        orders: z.number().nullable(),
        entries: z.number().nullable(),
        filesMissing: z.number().nullable().meta({
          description:
            'Files that customers sent which its rows name and it lacks; only of one that was read back.',
        }),
      })
      .nullable(),
  })
  .meta({
    id: 'Backup',
    description:
      'A copy of the database file, or an archive of all tables of a server. `orders` and `entries` (of the ledger) were counted when it was made; `drill` is what the last try of it found; of one that was read back `differences` counts the tables and sums that are not as counted, and one more where files are missing.',
  });

/** Without what only the list knows, for one that was just asked for. */
export function toBackupAnswer(backup: Omit<Backup, 'by'>): z.infer<typeof backupAnswer> {
  const { id, kind, place, failure, bytes, orders, entries, drill } = backup;
  return {
    ...{ id, kind, place, failure, bytes, orders, entries },
    state: backup.finishedAt === null ? 'under_way' : failure === null ? 'made' : 'failed',
    isScheduled: backup.slot !== null,
    askedAt: timeText(backup.askedAt),
    finishedAt: backup.finishedAt === null ? null : timeText(backup.finishedAt),
    drill:
      drill === null || drill.finishedAt === null
        ? null
        : {
            way: drill.way,
            finishedAt: timeText(drill.finishedAt),
            failure: drill.failure,
            differences: drill.differences,
            orders: drill.orders,
            entries: drill.entries,
            filesMissing: drill.filesMissing,
          },
  };
}

const timeText = (at: number) => new Date(at).toISOString();
