import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type BackupPlace, backupPlaces } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { chunksOf } from '../archive/gzip.ts';
import { beginDrill } from '../backup/begin-drill.ts';
import { deleteBackup as remove } from '../backup/delete-backup.ts';
import { fetchBackup as takeOut } from '../backup/fetch-backup.ts';
import { isWhole } from '../backup/is-whole.ts';
import { type Backup, listBackups as list } from '../backup/list-backups.ts';
import { makeBackup as make } from '../backup/make-backup.ts';
import { toBackupAnswer } from '../backup/schema.ts';
import { workOnNextBackup } from '../backup/work-on-backups.ts';
import { type Call, CliError, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines, timeText } from './text.ts';

const withHouse = async <Result>(call: Call, work: (ctx: Context) => Promise<Result>): Promise<Result> =>
  withContext(call.defaults, work, { house: await call.loadHouse(), usesSecret: true });

export const listBackups: Command = {
  arguments: [],
  options: {},
  about:
    'Newest first, with what the last drill of each found. Warns when the newest is older than the schedule promises.',
  examples: ['backups list', 'backups list --json'],
  run: (call) =>
    withHouse(call, async (ctx) => {
      const { backups, isLate } = await list(ctx);
      await call.io.answer(backups.map(toBackupAnswer), tableLines(backups.map(cells)));
      if (backups.length === 0) call.io.note('There are no backups yet.');
      if (isLate) call.io.warn('The newest backup is older than the schedule promises.');
      return 0;
    }),
};

export const makeBackup: Command = {
  arguments: [],
  options: {
    place: { summary: 'folder or bucket; the schedule’s, or the usual one, without it', value: 'PLACE' },
  },
  about:
    'Makes a backup that the portal knows of: a copy of the database file, or an archive of a database server. May run beside\n' +
    'the server. Exits with 1 when nothing comes of it.',
  examples: ['backups make', 'backups make --place bucket'],
  run: (call) => {
    const place = placeIn(call.text('place'));
    return withHouse(call, async (ctx) => {
      // What a killed process left comes first.
      await workOnNextBackup(ctx);
      const { id } = await make(ctx, { place });
      const made = await workOn(ctx, id, (one) => one.finishedAt !== null);
      await call.io.answer(toBackupAnswer(made), made.failure === null ? [cells(made).join('  ')] : []);
      if (made.failure !== null) throw new CliError(`The backup was not made: ${made.failure}.`);
      return 0;
    });
  },
};

export const fetchBackup: Command = {
  arguments: ['ID', 'FILE'],
  options: {},
  about: 'Writes a backup to FILE, which must not exist, readable by its owner alone.',
  examples: ['backups fetch 0198f3a2c4d57e0f9a1b2c3d4e5f6071 backup.db'],
  run: (call) =>
    withHouse(call, async (ctx) => {
      const path = call.argument(1);
      const { body, bytes } = await takeOut(ctx, { id: call.argument(0) });
      const out = createWriteStream(path, { flags: 'wx', mode: 0o600 });
      try {
        await pipeline(chunksOf(body), out);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
          throw new CliError(`${path} exists already; a backup goes to a new file.`);
        await rm(path, { force: true });
        throw error;
      }
      await call.io.answer({ file: path, bytes }, [`Written to ${path}, ${bytes} bytes.`]);
      return 0;
    }),
};

export const deleteBackup: Command = {
  arguments: ['ID'],
  options: {},
  examples: ['backups delete 0198f3a2c4d57e0f9a1b2c3d4e5f6071'],
  run: (call) =>
    withHouse(call, async (ctx) => {
      const id = call.argument(0);
      await remove(ctx, { id });
      await call.io.answer({ id }, [`The backup ${id} was deleted.`]);
      return 0;
    }),
};

export const drillBackup: Command = {
  arguments: ['[ID]'],
  options: {},
  about:
    'Restores a backup, the newest without ID, into a file of its own, brings it to this release, verifies it and deletes it\n' +
    'again. Exits with 1 when it cannot be restored, differs, or lacks orders or ledger entries that it had when it was made.',
  examples: ['backups drill', 'backups drill 0198f3a2c4d57e0f9a1b2c3d4e5f6071'],
  run: (call) =>
    withHouse(call, async (ctx) => {
      const newest = (await list(ctx)).backups.find((one) => one.finishedAt !== null && one.failure === null);
      const id = call.argument(0) || newest?.id;
      if (id === undefined) throw new CliError('There are no backups yet.');
      const { id: drillId } = await beginDrill(ctx, { id });
      const tried = await workOn(ctx, id, ({ drill }) => drill?.id === drillId && drill.finishedAt !== null);
      const { drill, orders, entries } = tried;
      if (drill === null || drill.failure !== null)
        throw new CliError(`The backup could not be restored: ${drill?.failure}.`);
      await call.io.answer(toBackupAnswer(tried), [
        `${drill.accounts} accounts${drill.way === 'read' ? ' read back' : ''}: ${drill.differences} differences`,
        `${drill.orders} of ${orders} orders, ${drill.entries} of ${entries} ledger entries`,
        ...(drill.filesMissing ? [`${drill.filesMissing} files that customers sent are missing`] : []),
      ]);
      return isWhole(drill, tried) ? 0 : 1;
    }),
};

function placeIn(text: string | null): BackupPlace | null {
  const place = backupPlaces.find((known) => known === text) ?? null;
  if (text !== null && place === null)
    throw new UsageError(`--place '${text}' is unknown; it is folder or bucket.`);
  return place;
}

const PAUSE_MS = 500;

/** Works on it here, or waits for the server beside that took it first. */
async function workOn(ctx: Context, id: string, isOver: (backup: Backup) => boolean): Promise<Backup> {
  for (;;) {
    await workOnNextBackup(ctx);
    const found = (await list(ctx)).backups.find((one) => one.id === id);
    if (found === undefined) throw new CliError('Somebody deleted this backup meanwhile.');
    if (isOver(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function cells(backup: Backup): string[] {
  const { id, askedAt, place, bytes, failure, finishedAt, drill } = backup;
  const state =
    finishedAt === null ? 'under way' : failure === null ? `${bytes} bytes` : `failed: ${failure}`;
  return [
    id,
    timeText(askedAt),
    backup.slot === null ? 'by hand' : 'scheduled',
    place,
    state,
    drillText(drill),
  ];
}

function drillText(drill: Backup['drill']): string {
  if (drill === null) return 'never tried';
  if (drill.finishedAt === null) return 'being tried';
  const found = drill.failure === null ? `${drill.differences} differences` : drill.failure;
  return `${drill.way === 'read' ? 'read back' : 'tried'} ${timeText(drill.finishedAt)}: ${found}`;
}
