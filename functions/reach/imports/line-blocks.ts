import { isUtf8 } from 'node:buffer';
import type { AppError } from '../../ground/platform/errors.ts';
import { type Encoding, markOf, openDecoder } from './encodings.ts';
import { refusedFile } from './refused-file.ts';
import type { SourceFile } from './source-file.ts';

/** The longest record of orders, in bytes and in characters. */
export const recordLimit = 1024 * 1024;

/** Whole physical lines of a file; only the last block may end without a line feed. */
export interface LineBlock {
  text: string;
  isLast: boolean;
  /** Positions within the block (first line 0) of lines with bytes that are no text. */
  damagedLines: number[];
}

export interface BlockOptions {
  limit?: number;
  encoding?: Encoding;
  /** Gives the bytes as they are, each a character. */
  asBytes?: boolean;
}

/**
 * Reads a file in blocks of whole lines, without its byte order mark and in flat memory.
 * @throws AppError when the file cannot be opened, or has a line longer than `limit` bytes of UTF-8
 */
export async function* readLineBlocks(
  file: SourceFile,
  { limit = recordLimit, encoding = 'utf-8', asBytes = false }: BlockOptions = {},
): AsyncGenerator<LineBlock> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of readUtf8(file, encoding)) {
    const cut = chunk.lastIndexOf(lineFeed) + 1;
    if (cut > 0) {
      yield decode(join([...rest, chunk.subarray(0, cut)]), { isLast: false, asBytes });
      rest = [];
      restBytes = 0;
    }
    if (cut < chunk.length) rest.push(chunk.subarray(cut));
    restBytes += chunk.length - cut;
    if (restBytes > limit) throw tooLong({ limit });
  }
  yield decode(join(rest), { isLast: true, asBytes });
}

async function* readUtf8(file: SourceFile, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = openDecoder(encoding);
  let isFirst = true;
  for await (const chunk of file.chunks()) {
    const mark = isFirst ? markOf(chunk) : null;
    isFirst = false;
    yield decoder.take(mark === null ? chunk : chunk.subarray(mark.length));
  }
  yield decoder.end();
}

export function tooLong({ line, limit }: { line?: number; limit: number }): AppError {
  const size = `${limit / (1024 * 1024)} MiB`;
  return line === undefined
    ? refusedFile('line_too_long', { size })
    : refusedFile('row_too_long', { line, size });
}

const lineFeed = 10;

function join(parts: Buffer[]): Buffer {
  const [only = Buffer.alloc(0)] = parts;
  return parts.length > 1 ? Buffer.concat(parts) : only;
}

function decode(bytes: Buffer, { isLast, asBytes }: { isLast: boolean; asBytes: boolean }): LineBlock {
  if (asBytes) return { text: bytes.toString('latin1'), isLast, damagedLines: [] };
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
