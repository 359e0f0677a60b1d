import { type BackupFile, type BackupPlace, backupPlaces } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { LargeFiles } from '../../ground/platform/large-files.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { DrillRow } from './queries.ts';

/** A copy of a file database, an archive of one that a server keeps. */
export const kindHere = ({ db }: Pick<Context, 'db'>): BackupFile['kind'] =>
  db.engine === 'embedded' ? 'copy' : 'archive';

/** Where backups may lie here, the first being the usual one. */
export function placesOf({ backups }: Pick<Context, 'backups'>): BackupPlace[] {
  return backupPlaces.filter((place) => backups?.places[place] !== undefined);
}

/**
 * The place that is asked for, else the usual one.
 * @throws {AppError} `validation_failed` for one that is not set up, `unavailable` where there is none
 */
export function choosePlace(ctx: Pick<Context, 'backups'>, asked: BackupPlace | null): BackupPlace {
  const places = placesOf(ctx);
  const [usual] = places;
  if (usual === undefined)
    throw new AppError('unavailable', 'There is no place for backups here: set BUCKET_URL.');
  if (asked === null) return usual;
  if (places.includes(asked)) return asked;
  throw wrongField('place', 'not_set_up', `has to be one that is set up here: ${places.join(', ')}`);
}

/** @throws {AppError} `unavailable` when this process does not reach that place */
export function filesOf({ backups }: Pick<Context, 'backups'>, place: BackupPlace): LargeFiles {
  const files = backups?.places[place];
  if (files !== undefined) return files;
  throw new AppError('unavailable', `The ${place} in which this backup lies is not set up here.`);
}

/** How a backup is tried here: restored where there is a disk, else an archive is read back; null where nothing is set up. */
export function wayOfDrill(ctx: Pick<Context, 'backups' | 'db'>): DrillRow['way'] | null {
  if ((ctx.backups?.restore ?? null) !== null) return 'restored';
  return kindHere(ctx) === 'archive' && placesOf(ctx).length > 0 ? 'read' : null;
}

/** Pieces, each with a memory of its own. */
export async function* owned(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) yield new Uint8Array(piece);
}

/** What a backup is called in its place. */
export function toFile({ id, kind, place }: Omit<BackupFile, 'fileName'>): BackupFile {
  return { id, kind, place, fileName: `${id}.${kind === 'copy' ? 'db' : 'tgz'}` };
}
