import type { Config } from '../platform/config.ts';
import type { FileStore } from '../platform/file-store.ts';
import { openBucket } from './bucket.ts';
import { openFolder } from './folder.ts';

/** Where one process keeps files: in the bucket that is set, else beside the database file, else nowhere. */
export function openFiles({ bucket, databaseUrl }: Config): FileStore | null {
  if (bucket !== null) return openBucket(bucket);
  if (!databaseUrl.startsWith('file:')) return null;
  const path = databaseUrl.slice('file:'.length);
  return path === '' ? null : openFolder(path.startsWith('///') ? path.slice(2) : path);
}
