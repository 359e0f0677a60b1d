import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../db/embedded.ts';
import { openRemote } from '../../db/remote.ts';
import type { Store } from '../../db/store.ts';
import { noSqld, startSqld } from '../support/sqld.ts';

/** An empty database of a test, without any table. */
export interface Empty {
  db: Store;
  /** Where commands find it. */
  url: string;
  /** Ends the program that holds the database while it works, and starts it again; not for a file. */
  crash: (() => Promise<void>) | null;
  remove: () => Promise<void>;
}

/** Both engines, for suites that work on the storage port itself. */
export const engines: { name: string; skip: boolean; open: () => Promise<Empty> }[] = [
  { name: 'a file', skip: false, open: openFile },
  { name: noSqld ?? 'sqld', skip: noSqld !== null, open: openServer },
];

async function openFile(): Promise<Empty> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-empty-'));
  const path = join(folder, 'regulars.db');
  const db = openEmbedded(path);
  const remove = async () => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { db, url: `file:${path}`, crash: null, remove };
}

async function openServer(): Promise<Empty> {
  const server = await startSqld();
  const db = openRemote({ url: server.url });
  const remove = async () => {
    db.close();
    await server.stop();
  };
  const crash = async () => {
    await server.kill();
    await server.restart();
  };
  return { db, url: server.url, crash, remove };
}
