import type { BucketConfig } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import { FilesUnavailable } from '../platform/file-store.ts';
import { assertLargeFileName, type LargeFiles } from '../platform/large-files.ts';
import { openObjects } from './bucket.ts';

/** An object of a bucket is sent whole, since its hash is signed. */
const PART_BYTES = 4 * 1024 * 1024;

/** What a file is made of, written once all of its parts are there. */
interface Contents {
  parts: number;
  bytes: number;
}

interface LargeBucketOptions extends Pick<LargeFiles, 'bytes_max' | 'archiveBytes_max'> {
  folder?: 'imports' | 'backups';
}

/**
 * Files as numbered objects of a bucket, `imports/NAME/00001` and on (or under `folder`), and one more that says how many they are. No more
 * than one part is in memory. `fileBytes_max` is what such a platform can work on.
 */
export function openLargeBucket(
  config: BucketConfig,
  { folder = 'imports', ...sizes }: LargeBucketOptions,
): LargeFiles {
  const objects = openObjects(config);
  const placeOf = (name: string, part: number | 'contents') => {
    assertLargeFileName(name);
    return `${folder}/${name}/${part === 'contents' ? part : String(part).padStart(5, '0')}`;
  };
  const contentsOf = async (name: string): Promise<Contents | null> => {
    const bytes = await objects.get(placeOf(name, 'contents'));
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
  };
  /** Also of a file that broke off: its parts are numbered without gaps. */
  const remove = async (name: string, parts: number | null) => {
    await objects.delete(placeOf(name, 'contents'));
    for (let part = 1; parts === null || part <= parts; part += 1) {
      if (parts === null && (await objects.get(placeOf(name, part))) === null) return;
      await objects.delete(placeOf(name, part));
    }
  };
  return {
    ...sizes,
    has: async (name) => (await contentsOf(name)) !== null,
    write: async (name, chunks, { bytes_max }) => {
      const told = { parts: 0, bytes: 0 };
      try {
        for await (const part of partsOf(chunks)) {
          told.bytes += part.length;
          if (told.bytes > bytes_max) throw new AppError('body_too_large', 'The file is too large.');
          told.parts += 1;
          await objects.put(placeOf(name, told.parts), part);
        }
        const contents = new TextEncoder().encode(JSON.stringify(told));
        await objects.put(placeOf(name, 'contents'), contents);
        return { bytes: told.bytes };
      } catch (error) {
        await remove(name, told.parts);
        throw error;
      }
    },
    read: async (name) => {
      const contents = await contentsOf(name);
      return contents === null ? null : readParts(contents, (part) => objects.get(placeOf(name, part)));
    },
    delete: async (name) => remove(name, (await contentsOf(name))?.parts ?? null),
  };
}

/** Backups in a bucket, of any size: their parts are numbered by five digits. */
export const openBackupBucket = (config: BucketConfig): LargeFiles => {
  const bytes_max = 99_999 * PART_BYTES;
  return openLargeBucket(config, { bytes_max, archiveBytes_max: bytes_max, folder: 'backups' });
};

async function* readParts(
  { parts }: Contents,
  get: (part: number) => Promise<Uint8Array | null>,
): AsyncGenerator<Uint8Array> {
  for (let part = 1; part <= parts; part += 1) {
    const bytes = await get(part);
    if (bytes === null) throw new FilesUnavailable('PART_MISSING');
    yield bytes;
  }
}

/** The same bytes in pieces of one length, but for the last. */
async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let part = new Uint8Array(PART_BYTES);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.subarray(at, at + PART_BYTES - filled);
      part.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < PART_BYTES) continue;
      yield part;
      part = new Uint8Array(PART_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield part.slice(0, filled);
}
