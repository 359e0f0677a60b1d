import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import type { Store } from '../../db/store.ts';

let template: Promise<string> | null = null;

/** A migrated, empty database in a file of its own; closed and removed when the test is over. */
export async function createTestStore(): Promise<Store> {
  const { store } = await createTestFile();
  return store;
}

/** As {@link createTestStore}, with the path, for a second connection to the same file. */
export async function createTestFile(): Promise<{ store: Store; path: string }> {
  const { store, path, remove } = await openTestFile();
  onTestFinished(remove);
  return { store, path };
}

/**
 * As {@link createTestFile}, for tests that need many files: `remove` closes and removes it. With a path it is a copy of that
 * database, which {@link keepAsTemplate} made.
 */
export async function openTestFile(
  from?: string,
): Promise<{ store: Store; path: string; remove: () => void }> {
  template ??= buildTemplate();
  const folder = mkdtempSync(join(tmpdir(), 'regulars-test-'));
  const path = join(folder, 'regulars.db');
  copyFileSync(from ?? (await template), path);
  const store = openEmbedded(path);
  const remove = () => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, path, remove };
}

/**
 * A database that is put back to what a template holds as often as wanted, for tests that live many lives: its connection stays, and with
 * it what was prepared, which takes longer than to run it. `reset` asks for nothing under way.
 */
export async function openResettable(
  template: string,
): Promise<{ store: Store; reset: () => void; remove: () => void }> {
  const { store, path, remove } = await openTestFile(template);
  // Beside a write-ahead log or mapped into memory, a file cannot be put back below a connection.
  await store.script('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA mmap_size = 0');
  const begun = `${path}.begun`;
  copyFileSync(path, begun);
  return { store, reset: () => copyFileSync(begun, path), remove };
}

/** A database as it is now, to be copied until the process ends. */
export async function keepAsTemplate(store: Store): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-template-'));
  const whole = join(folder, 'template.db');
  await store.script(`VACUUM INTO '${whole}'`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return whole;
}

async function buildTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-migrated-'));
  const store = openEmbedded(join(folder, 'migrated.db'));
  await migrate(store, 0);
  const whole = await keepAsTemplate(store);
  store.close();
  rmSync(folder, { recursive: true, force: true });
  return whole;
}
