import type { AppError } from '../../ground/platform/errors.ts';
import type { About } from '../../ground/platform/fill-words.ts';
import { type FailureCode, refusedFile } from '../../reach/imports/refused-file.ts';

/** One file of an archive, whole: archives are made of files that fit into memory. */
export interface ArchivedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const BLOCK = 512;
/** The largest file that is read; ours are smaller by far. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** What stands behind the end of an archive fills its last block of a tape. */
const REST_BYTES_MAX = 1024 * 1024;
const ascii = new TextEncoder();
const fromAscii = new TextDecoder();

/** Files as a tar (POSIX ustar), each with the same time and owner, so that the same files make the same bytes. */
export async function* writeTar(files: AsyncIterable<ArchivedFile>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const { name, bytes } of files) {
    yield headerOf(name, bytes.length);
    yield bytes;
    const rest = bytes.length % BLOCK;
    if (rest > 0) yield new Uint8Array(BLOCK - rest);
  }
  yield new Uint8Array(BLOCK * 2);
}

/**
 * The regular files of a tar, in its order, but for those that are to be passed over, whose bytes are held nowhere. No two
 * have the same name: whoever goes on with an archive knows by it what is done.
 * @throws {AppError} `bad_request` when it is none, or breaks off
 */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  { passes = () => false }: { passes?: (name: string) => boolean } = {},
): AsyncGenerator<ArchivedFile> {
  const source = openSource(chunks);
  const names = new Set<string>();
  try {
    for (;;) {
      const header = await source.take(BLOCK);
      if (header === null) throw broken('archive_no_end');
      if (header.every((byte) => byte === 0)) return await source.drain();
      const { name, size, kind } = readHeader(header);
      const isFile = kind === '0' || kind === '\0';
      if (isFile && names.has(name)) throw broken('archive_damaged');
      names.add(name);
      const bytes = isFile && !passes(name) ? await source.take(size) : null;
      const rest = (bytes === null ? size : 0) + padded(size) - size;
      if (!(await source.pass(rest))) throw broken('archive_breaks_off', { name });
      if (bytes !== null) yield { name, bytes };
    }
  } finally {
    await source.close();
  }
}

const padded = (size: number) => Math.ceil(size / BLOCK) * BLOCK;

function headerOf(name: string, size: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => header.set(ascii.encode(text), at);
  put(name, 0);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('        0', 148);
  put('ustar\x0000', 257);
  put(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Of all bytes, those of the sum itself as blanks. */
function sumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

function readHeader(header: Uint8Array): { name: string; size: number; kind: string } {
  const text = (at: number, length: number) => {
    const [value = ''] = fromAscii.decode(header.subarray(at, at + length)).split('\0');
    return value.trim();
  };
  if (Number.parseInt(text(148, 8), 8) !== sumOf(header)) throw broken('archive_damaged');
  const prefix = text(345, 155);
  const name = (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`).replace(/^\.\//, '');
  const size = Number.parseInt(text(124, 12), 8);
  if (!(size >= 0 && size <= FILE_BYTES_MAX)) throw broken('archive_file_too_large', { name });
  return { name, size, kind: fromAscii.decode(header.subarray(156, 157)) };
}

/** Bytes by number, whatever pieces they come in. */
function openSource(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let pending: Uint8Array[] = [];
  let length = 0;
  return {
    /** Null when fewer are left. */
    take: async (count: number): Promise<Uint8Array<ArrayBuffer> | null> => {
      while (length < count) {
        const { value, done } = await iterator.next();
        if (done === true) return null;
        pending.push(value);
        length += value.length;
      }
      const taken = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        const first = pending[0] ?? taken;
        const part = first.subarray(0, count - filled);
        taken.set(part, filled);
        filled += part.length;
        if (part.length === first.length) pending.shift();
        else pending[0] = first.subarray(part.length);
      }
      length -= count;
      return taken;
    },
    /** False when fewer are left. */
    pass: async (count: number): Promise<boolean> => {
      let left = count;
      while (left > 0) {
        const [first] = pending;
        if (first === undefined) {
          const { value, done } = await iterator.next();
          if (done === true) return false;
          pending.push(value);
          length += value.length;
          continue;
        }
        const part = Math.min(left, first.length);
        if (part === first.length) pending.shift();
        else pending[0] = first.subarray(part);
        length -= part;
        left -= part;
      }
      return true;
    },
    close: async () => {
      await iterator.return?.();
    },
    drain: async () => {
      let rest = length;
      pending = [];
      for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
        rest += step.value.length;
        if (rest > REST_BYTES_MAX) throw broken('archive_goes_on');
      }
    },
  };
}

function broken(code: FailureCode, of: About = {}): AppError {
  return refusedFile(code, of, { as: 'bad_request' });
}
