import type { Context } from './context.ts';
import type { LargeFiles } from './large-files.ts';

export const backupPlaces = ['folder', 'bucket'] as const;
export type BackupPlace = (typeof backupPlaces)[number];

/** A backup as a file: how it is named in its place, and what it is. */
export interface BackupFile {
  id: string;
  kind: 'copy' | 'archive';
  place: BackupPlace;
  fileName: string;
}

/** What one process can do about backups. */
export interface BackupTools {
  /** What it calls itself in what it is at. */
  me: string;
  /** Whether a process that was at something is over. */
  isGone: (claimedBy: string) => boolean;
  /** Where backups may lie here. */
  places: Readonly<Partial<Record<BackupPlace, LargeFiles>>>;
  /**
   * Copies the database's file, whole and of one moment, and looks into the copy before it is kept; null where the database
   * is a server's. `onPiece` is told of each piece on its way to a bucket.
   * @throws {FilesUnavailable}
   */
  copy:
    | (<Found>(
        ctx: Context,
        file: BackupFile,
        steps: { look: (copied: Context) => Promise<Found>; onPiece: (bytes: number) => Promise<void> },
      ) => Promise<{ bytes: number; found: Found }>)
    | null;
  /**
   * Puts a backup into a file of its own, brings it to this release, and takes the file away once `look` is done with it; null
   * where there is no disk. `onPiece` is waited for after each piece that was read.
   * @throws {AppError} `bad_request`, `validation_failed` for a backup that cannot be restored
   * @throws {FilesUnavailable}
   */
  restore:
    | (<Found>(
        ctx: Context,
        file: BackupFile,
        steps: { look: (restored: Context) => Promise<Found>; onPiece: () => Promise<void> },
      ) => Promise<Found>)
    | null;
}
