import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageMemory } from '../../../db/embedded-connection.ts';
import type { Store } from '../../../db/store.ts';
import { CliError } from './command.ts';
import { openLog } from './log.ts';
import { keepToOwner } from './own-files.ts';

/** Where DATABASE_URL points to. */
export type DatabasePlace = { kind: 'file'; path: string } | { kind: 'server'; url: string };

export const defaultDatabaseUrl = 'file:data/regulars.db';

/** @throws {CliError} when the address is of no kind we know */
export function placeOf(databaseUrl: string): DatabasePlace {
  if (databaseUrl.startsWith('file://')) return { kind: 'file', path: fileURLToPath(databaseUrl) };
  if (databaseUrl.startsWith('file:') && databaseUrl.length > 5)
    return { kind: 'file', path: databaseUrl.slice(5) };
  if (/^(https?|wss?|libsql):\/\//.test(databaseUrl)) return { kind: 'server', url: databaseUrl };
  throw new CliError(
    'DATABASE_URL has to be a file such as file:data/regulars.db, or a server such as libsql://…',
  );
}

/**
 * Opens the database; the folder of a file is made, both for their owner alone. A file of a running server may be opened as well;
 * what runs beside it in its process takes `small` pages.
 */
export async function openDatabase(
  place: DatabasePlace,
  authToken: string | undefined,
  pages: PageMemory = 'large',
): Promise<Store> {
  if (place.kind === 'server') {
    const { openRemote } = await import('../../../db/remote.ts');
    return openRemote({ url: place.url, authToken, timeout_ms: 30_000 });
  }
  mkdirSync(dirname(place.path), { recursive: true, mode: 0o700 });
  for (const path of keepToOwner(place.path))
    openLog({ isJson: false, level: 'warning' }).warn(
      '{path} could be read by others; now by its owner alone.',
      { path },
    );
  const { openEmbedded } = await import('../../../db/embedded.ts');
  return openEmbedded(place.path, { pages });
}
