import { createHash, randomBytes } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { Statement } from '../../../db/store.ts';
import { cleanPicture } from '../../ground/pictures/clean-picture.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type FileStore, FilesUnavailable } from '../../ground/platform/file-store.ts';
import { newId } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { FILE_BYTES_MAX, FILES_MAX, type SentFile } from './file-limits.ts';
import { insertAttachment } from './statements.ts';

/** What may be sent, told by the first bytes and never by a name; the first four a browser shows by itself. */
const fileTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'image/heic'] as const;
type FileType = (typeof fileTypes)[number];

export interface CheckedFile extends SentFile {
  mediaType: FileType;
}

/** @throws {AppError} `validation_failed` with `too_many_files`, `file_empty`, `file_too_large` or `file_type` */
export async function checkFiles(files: readonly SentFile[]): Promise<CheckedFile[]> {
  if (files.length > FILES_MAX) throw wrongField('files', 'too_many_files', `has at most ${FILES_MAX} files`);
  return Promise.all(files.map(checkFile));
}

async function checkFile(file: SentFile): Promise<CheckedFile> {
  if (file.bytes.length === 0) throw wrongField('files', 'file_empty', 'has an empty file');
  if (file.bytes.length > FILE_BYTES_MAX)
    throw wrongField('files', 'file_too_large', 'has a file of more than 5 MB');
  const found = await fileTypeFromBuffer(file.bytes);
  const mediaType = fileTypes.find((type) => type === found?.mime);
  if (mediaType === undefined)
    throw wrongField('files', 'file_type', 'has a file that is neither a picture nor a PDF');
  return { name: nameAs(plainName(file.name), mediaType), bytes: file.bytes, mediaType };
}

export const bytesOf = (files: readonly SentFile[]) =>
  files.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** A name that can do no harm where it is shown or saved. */
function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"\\:*?<>|]/g;
  const plain = name.toWellFormed().split('/').at(-1)?.replace(unsafe, '').trim() ?? '';
  return [...plain].slice(0, 120).join('') || 'file';
}

const endings: Record<FileType, readonly [string, ...string[]]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
  'image/heic': ['.heic', '.heif'],
};

/** Under another ending, whoever saves the file and opens it would run what it says beside the picture. */
function nameAs(name: string, type: FileType): string {
  const isSo = endings[type].some((ending) => name.toLowerCase().endsWith(ending));
  return isSo ? name : `${name}${endings[type][0]}`;
}

export const sha256Of = ({ bytes }: Pick<SentFile, 'bytes'>) =>
  createHash('sha256').update(bytes).digest('hex');

/** A picture without what it says beside what is drawn; what is no whole JPEG or PNG stays as it was sent. */
export function withoutTraces(file: CheckedFile): CheckedFile {
  const clean = cleanPicture(file.bytes);
  return typeof clean === 'string' ? file : { ...file, bytes: clean.bytes };
}

/** A file whose bytes are safe, as the row that names it keeps it. */
export interface KeptFile {
  id: string;
  name: string;
  mediaType: FileType;
  sizeBytes: number;
  sha256: string;
  storedAs: string;
  at: number;
}

/**
 * Keeps checked files: the bytes are safe before a row names them, and are taken away again when `write` fails, or answers
 * false because it had nothing to write.
 */
export async function keepBytes<Result>(
  ctx: Context,
  files: readonly CheckedFile[],
  write: (kept: readonly KeptFile[]) => Promise<Result>,
): Promise<Result> {
  const store = storeFor(ctx, files);
  const kept = files.map((file) => ({ ...file, storedAs: randomBytes(32).toString('hex') }));
  const begun: string[] = [];
  const remove = () => Promise.allSettled(begun.map((storedAs) => store?.delete(storedAs)));
  try {
    for (const { storedAs, bytes } of kept) {
      begun.push(storedAs);
      await orAway(store?.put(storedAs, bytes));
    }
    const result = await write(
      kept.map(({ name, bytes, mediaType, storedAs }) => ({
        ...{ id: newId(), name, mediaType, storedAs, at: ctx.now() },
        sizeBytes: bytes.length,
        sha256: sha256Of({ bytes }),
      })),
    );
    if (result === false) await remove();
    return result;
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The same of files that come with feedback, with their rows. */
export function keepFiles<Result>(
  ctx: Context,
  files: readonly CheckedFile[],
  write: (rowsOf: (about: FilesAbout) => Statement[]) => Promise<Result>,
): Promise<Result> {
  return keepBytes(ctx, files, (kept) =>
    write((about) => kept.map((file) => insertAttachment({ ...file, ...about }))),
  );
}

/** @throws {AppError} `unavailable` while the store does not answer: what was sent may be sent again */
export async function orAway<Result>(asked: Promise<Result> | undefined): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof FilesUnavailable)) throw error;
    throw new AppError('unavailable', 'Files cannot be kept or fetched now. Send the request again.', {
      errors: [{ path: 'files', code: 'files_away', message: 'cannot be kept or fetched now' }],
      retry_after_s: 30,
    });
  }
}

export interface FilesAbout {
  feedbackId: string;
  messageId: string | null;
}

function storeFor({ files: store }: Context, files: readonly CheckedFile[]): FileStore | null {
  if (store === null && files.length > 0) throw wrongField('files', 'no_files', 'cannot be kept here');
  return store;
}
