import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newToken } from '../../ground/platform/ids.ts';

/**
 * The secret that an embedded deployment keeps beside its database, in a file only its owner reads; made when there is
 * none. Two processes that make it at once end up with the same.
 */
export function keptSecret(databasePath: string): string {
  const path = join(dirname(databasePath), 'secret');
  const kept = read(path);
  if (kept !== null) return kept;
  mkdirSync(dirname(databasePath), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${newToken()}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
