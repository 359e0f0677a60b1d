import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { copyFile } from '../../../db/copy-file.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { draftOf, removeDraft, sweepDrafts } from './drafts.ts';

/** How many copies stay beside a database. */
const KEPT = 3;

/** The copy of a file that is made before it is brought to another release. */
export interface CopyBeforeUpgrade {
  /** Where it lies; null until it is made. */
  path: () => string | null;
  /** @throws {AppError} `bad_request` when there is no room for it */
  make: () => void;
  /** Takes it away again: the database stayed as it was. */
  discard: () => void;
  /** Takes away all copies beside the database but the newest. */
  keepNewest: () => void;
}

/**
 * A copy `shop.before-0.2.0-2026-11-28-213000.db` beside `shop.db`, in UTC: whole, of one moment, on the disk, its
 * owner's alone.
 * @param freeBytes tells the room in a folder
 */
export function copyBeforeUpgrade({
  databasePath,
  release,
  now,
  freeBytes = freeBytesIn,
}: {
  databasePath: string;
  /** The version it is upgraded to. */
  release: string;
  now: number;
  freeBytes?: (folder: string) => number;
}): CopyBeforeUpgrade {
  const copyPath = pathFor({ databasePath, release, now });
  let isMade = false;
  const discard = () => {
    if (isMade) rmSync(copyPath, { force: true });
    isMade = false;
  };
  return {
    path: () => (isMade ? copyPath : null),
    make: () => {
      discard();
      const needed = sizeOf(databasePath);
      const room = { needed, free: freeBytes(dirname(databasePath)), folder: dirname(databasePath) };
      if (room.free < needed) throw noRoom(room);
      try {
        write(databasePath, copyPath);
      } catch (error) {
        throw isFull(error) ? noRoom({ ...room, free: freeBytes(room.folder) }) : error;
      }
      isMade = true;
    },
    discard,
    keepNewest: () => {
      for (const path of copiesOf(databasePath).slice(KEPT)) rmSync(path, { force: true });
    },
  };
}

/** The copies beside a database, the newest first. */
export function copiesOf(databasePath: string): string[] {
  const { dir, name, ext } = parse(databasePath);
  const found = readdirSync(dir === '' ? '.' : dir).flatMap((file) => {
    if (!file.startsWith(`${name}.before-`) || !file.endsWith(ext)) return [];
    const [, stamp] = stamped.exec(file.slice(0, file.length - ext.length)) ?? [];
    return stamp === undefined ? [] : { path: join(dir, file), stamp };
  });
  return found.toSorted((a, b) => b.stamp.localeCompare(a.stamp)).map(({ path }) => path);
}

const stamped = /-(\d{4}-\d{2}-\d{2}-\d{6})$/;

function pathFor({ databasePath, release, now }: { databasePath: string; release: string; now: number }) {
  const { dir, name, ext } = parse(databasePath);
  const [day = '', time = ''] = new Date(now).toISOString().split('T');
  const stamp = `${day}-${time.slice(0, 8).replaceAll(':', '')}`;
  return join(dir, `${name}.before-${release}-${stamp}${ext}`);
}

function write(databasePath: string, copyPath: string): void {
  sweepDrafts(copyPath);
  const draft = draftOf(copyPath);
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    copyFile(databasePath, draft);
    sync(draft);
    linkSync(draft, copyPath);
    sync(dirname(copyPath));
  } finally {
    removeDraft(copyPath);
  }
}

/** Onto the disk, before what it is a copy of is changed. */
function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What a copy takes at the most. */
function sizeOf(databasePath: string): number {
  return ['', '-wal']
    .map((end) => `${databasePath}${end}`)
    .filter(existsSync)
    .reduce((sum, path) => sum + statSync(path).size, 0);
}

function freeBytesIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function isFull(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return error.code === 'SQLITE_FULL';
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function noRoom({ needed, free, folder }: { needed: number; free: number; folder: string }): AppError {
  return new AppError(
    'bad_request',
    `The database was not upgraded: ${folder} has no room for the copy that is made before. It takes ${inMegabytes(needed)}, ` +
      `and ${inMegabytes(free)} are free. Make room; or put a backup elsewhere by the release that ran until now, and ` +
      'upgrade without a copy: npm run -s regulars -- migrate --without-copy',
  );
}

const inMegabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
