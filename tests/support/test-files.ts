import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../../functions/ground/files/folder.ts';
import type { FileStore } from '../../functions/ground/platform/file-store.ts';

/** A folder of its own for the files of a test; made when the first file comes. */
export function createTestFiles(): FileStore & { names: () => string[] } {
  let folder: string | null = null;
  const place = () => {
    folder ??= mkdtempSync(join(tmpdir(), 'regulars-files-'));
    return folder;
  };
  const store = () => openFolder(join(place(), 'regulars.db'));
  return {
    put: (name, bytes) => store().put(name, bytes),
    get: (name) => store().get(name),
    delete: (name) => store().delete(name),
    names: () => {
      const kept = join(place(), 'attachments');
      return existsSync(kept) ? readdirSync(kept) : [];
    },
  };
}
