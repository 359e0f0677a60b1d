import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { AppError } from '../platform/errors.ts';

/** The longest record of orders, in bytes and in characters. */
export const recordLimit = 1024 * 1024;

/** Whole physical lines of a file; only the last block may end without a line feed. */
export interface LineBlock {
  text: string;
  isLast: boolean;
  /** Positions within the block (first line 0) of lines that are not UTF-8. */
  damagedLines: number[];
}

/**
 * Reads a file in blocks of whole lines, without its byte order mark and in flat memory.
 * @throws AppError when the file cannot be opened, is UTF-16, or has a line longer than `limit`
 */
export async function* readLineBlocks(path: string, limit = recordLimit): AsyncGenerator<LineBlock> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let isFirst = true;
  for await (const chunk of openChunks(path)) {
    const cut = chunk.lastIndexOf(lineFeed) + 1;
    if (cut > 0) {
      yield decode(join([...rest, chunk.subarray(0, cut)], isFirst), false);
      isFirst = false;
      rest = [];
      restBytes = 0;
    }
    if (cut < chunk.length) rest.push(chunk.subarray(cut));
    restBytes += chunk.length - cut;
    if (restBytes > limit) throw tooLong({ limit });
  }
  yield decode(join(rest, isFirst), true);
}

export function tooLong({ line, limit }: { line?: number; limit: number }): AppError {
  const where = line === undefined ? 'One line of the file' : `The row on line ${line}`;
  const size = `${limit / (1024 * 1024)} MiB`;
  return new AppError('validation_failed', `${where} is longer than ${size}. Is this a CSV file?`);
}

const lineFeed = 10;
const chunkBytes = 256 * 1024;

async function* openChunks(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) yield chunk;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? openFailures.get(error.code) : undefined;
    if (reason === undefined) throw error;
    throw new AppError('not_found', `Cannot read ${path}: ${reason}.`);
  }
}

const openFailures = new Map<unknown, string>([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
]);

function join(parts: Buffer[], isFirst: boolean): Buffer {
  const [only = Buffer.alloc(0)] = parts;
  const bytes = parts.length > 1 ? Buffer.concat(parts) : only;
  if (!isFirst) return bytes;
  const mark = bytes.subarray(0, 2).toString('latin1');
  if (mark === '\xff\xfe' || mark === '\xfe\xff') {
    throw new AppError(
      'validation_failed',
      'The file is in UTF-16. Save it as "CSV UTF-8" and import it again.',
    );
  }
  return bytes.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf' ? bytes.subarray(3) : bytes;
}

function decode(bytes: Buffer, isLast: boolean): LineBlock {
  const damagedLines = isUtf8(bytes) ? [] : findDamagedLines(bytes);
  return { text: bytes.toString('utf8'), isLast, damagedLines };
}

function findDamagedLines(bytes: Buffer): number[] {
  const damaged: number[] = [];
  let start = 0;
  for (let line = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found + 1;
    if (!isUtf8(bytes.subarray(start, end))) damaged.push(line);
    start = end;
  }
  return damaged;
}
