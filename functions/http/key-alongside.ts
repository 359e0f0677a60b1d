import { ComposedStore, type Store } from '../../db/store.ts';
import { type FoundKey, findKey } from '../keys/find-key.ts';
import { AppError } from '../platform/errors.ts';

/**
 * On a database server a look-up of the key is a round trip of its own. Whose key it is never changes, so once a key was
 * good, whether it still is can be asked beside the first reads of the request instead of before them.
 */
/** By the key's hash. */
const seen = new Map<string, { found: FoundKey; until: number }>();
const SEEN_MS = 60_000;
const SEEN_MOST = 1000;

/** The key's owner as remembered, and a database that asks about the key with its first read; null to ask at once. */
export function rememberedKey(
  db: Store,
  hash: string,
  now: () => number,
): { found: FoundKey; db: Store } | null {
  if (db.fresh === db) return null;
  const kept = seen.get(hash);
  if (kept === undefined || kept.until < Date.now()) return null;
  return { found: kept.found, db: asking(db, () => assertGood(db, hash, now())) };
}

/** Remembers a key of a database server that was good just now. */
export function rememberKey(db: Store, hash: string, found: FoundKey): void {
  if (db.fresh === db) return;
  if (seen.size >= SEEN_MOST) seen.clear();
  seen.set(hash, { found, until: Date.now() + SEEN_MS });
}

async function assertGood(db: Store, hash: string, now: number): Promise<void> {
  const found = await findKey(db, hash, now);
  if (found === null) {
    seen.delete(hash);
    throw unauthenticated();
  }
  rememberKey(db, hash, found);
}

export const unauthenticated = () =>
  new AppError('unauthenticated', 'Send an API key: Authorization: Bearer <key>.');

/** Nothing is given away and nothing written unless `ask` succeeds. */
function asking(store: Store, ask: () => Promise<void>): Store {
  let asked: Promise<void> | null = null;
  const once = () => {
    asked ??= ask();
    return asked;
  };
  const partsOver = (inner: Store): Omit<Store, 'fresh'> => ({
    engine: inner.engine,
    read: async (statement) => {
      const [, rows] = await Promise.all([once(), inner.read(statement)]);
      return rows;
    },
    write: async (statements) => {
      await once();
      return inner.write(statements);
    },
    writeMany: async (units) => {
      await once();
      return inner.writeMany(units);
    },
    writeSchema: async (statements) => {
      await once();
      return inner.writeSchema(statements);
    },
    script: async (sql) => {
      await once();
      return inner.script(sql);
    },
    close: () => inner.close(),
  });
  const fresh = store.fresh === store ? undefined : new ComposedStore(partsOver(store.fresh));
  return new ComposedStore(partsOver(store), fresh);
}
