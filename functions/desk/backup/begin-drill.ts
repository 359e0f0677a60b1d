import { insertInto } from '../../../db/query.ts';
import { backupDrills } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { getBackup } from './fetch-backup.ts';
import { about } from './make-backup.ts';
import { wayOfDrill } from './places.ts';
import type { BackupRow, DrillRow } from './queries.ts';
import { assertReadable } from './read-back.ts';
import { failureOf } from './take-up.ts';

const insertDrill = insertInto(backupDrills);

/**
 * Asks for a drill: the backup is restored into a file of its own beside the books, brought to this release and verified; where
 * there is no disk, an archive is read back to its end. What came of it is kept, and the books are not touched.
 * @throws {AppError} `forbidden`, `proof_needed`, `not_found`, `backup_under_way` while another is tried, `unavailable` where
 * the place of backups is not set up, `bad_request` for an archive of another release that is to be read back
 */
export async function beginDrill(ctx: Context, { id }: { id: string }): Promise<DrillRow> {
  allowRole(ctx.actor, ['owner']);
  allowProven(ctx);
  const way = wayOfDrill(ctx);
  if (way === null)
    throw new AppError(
      'unavailable',
      'A backup cannot be tried here: bring it into an empty portal elsewhere.',
    );
  const backup = await getBackup(ctx, id);
  if (way === 'read') await refuseOtherRelease(ctx, backup);
  const row: DrillRow = {
    ...{ id: newId(), backupId: id, askedAt: ctx.now(), actor: actorName(ctx.actor) },
    ...{ claimedBy: null, claimedAt: null, begun: 0, finishedAt: null, failure: null },
    ...{ way, position: null, begunAt: null, accounts: 0, differences: null, orders: null, entries: null },
    filesMissing: null,
  };
  try {
    await writeDecision(ctx, {
      rows: [insertDrill(row)],
      audit: { kind: 'backup.drill-begun', ...about(backup) },
    });
  } catch (error) {
    if (!isConflictOn(error, 'backup_drills_open')) throw error;
    throw new AppError(
      'backup_under_way',
      'A backup is being tried already; the next one can begin after it.',
    );
  }
  return row;
}

/** What else is wrong with it the drill finds out and keeps. @throws {AppError} `bad_request` */
async function refuseOtherRelease(ctx: Context, backup: BackupRow): Promise<void> {
  try {
    await assertReadable(ctx, backup);
  } catch (error) {
    if (failureOf(error).failure === 'other_release') throw error;
  }
}
