import type { Config } from '../platform/config.ts';
import type { FileStore } from '../platform/file-store.ts';
import { openBucket } from './bucket.ts';
import { openFolder } from './folder.ts';

/** Where one process keeps files: in the bucket that is set, else beside the database file, else nowhere. */
export function openFiles({ bucket, databaseUrl }: Config): FileStore | null {
  if (bucket !== null) return openBucket(bucket);
  const [, path] = /^file:(?:\/\/(?=\/))?(.+)$/.exec(databaseUrl) ?? [];
  return path === undefined ? null : openFolder(path);
}
