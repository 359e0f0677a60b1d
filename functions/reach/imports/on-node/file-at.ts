import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../../ground/platform/errors.ts';
import type { SourceFile } from '../source-file.ts';
import { readInThread } from './read-in-thread.ts';

/** A file of this machine, to be imported. */
export function fileAt(path: string): SourceFile {
  return {
    name: basename(path),
    chunks: () => readChunks(path),
    readWorkbook: () => readInThread(path),
    workbookMax: 64 * 1024 * 1024,
  };
}

async function* readChunks(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) yield chunk;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? openFailures.get(error.code) : undefined;
    if (reason === undefined) throw error;
    throw new AppError('not_found', `Cannot read ${path}: ${reason}.`);
  }
}

const chunkBytes = 64 * 1024;

const openFailures = new Map<unknown, string>([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
]);
