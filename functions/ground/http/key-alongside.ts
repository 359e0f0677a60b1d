import { ComposedStore, type Store } from '../../../db/store.ts';
import { type FoundKey, findKey } from '../keys/find-key.ts';
import type { Caches } from '../platform/caches.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

type Asking = Pick<Context, 'db' | 'cache' | 'now'>;

/**
 * On a database server a look-up of the key is a round trip of its own. Whose key it is never changes, so once a key was
 * good, whether it still is can be asked beside the first reads of the request instead of before them.
 */
type SeenKeys = Map<string, { found: FoundKey; until: number }>;

/** By the key's hash; gone with the caches. */
const seenKeys = new WeakMap<Caches, SeenKeys>();
const SEEN_MS = 60_000;
const SEEN_MOST = 1000;

/** The key's owner as remembered, and a database that asks about the key with its first read; null to ask at once. */
export function rememberedKey(ctx: Asking, hash: string): { found: FoundKey; db: Store } | null {
  const { db } = ctx;
  if (db.fresh === db) return null;
  const kept = seenIn(ctx.cache).get(hash);
  if (kept === undefined || kept.until < ctx.now()) return null;
  return { found: kept.found, db: asking(db, () => assertGood(ctx, hash)) };
}

/** Remembers a key of a database server that was good just now. */
export function rememberKey({ db, cache, now }: Asking, hash: string, found: FoundKey): void {
  if (db.fresh === db) return;
  const seen = seenIn(cache);
  if (seen.size >= SEEN_MOST) seen.clear();
  seen.set(hash, { found, until: now() + SEEN_MS });
}

function seenIn(cache: Caches): SeenKeys {
  const seen = seenKeys.get(cache) ?? new Map();
  seenKeys.set(cache, seen);
  return seen;
}

async function assertGood(ctx: Asking, hash: string): Promise<void> {
  const found = await findKey(ctx.db, hash, ctx.now());
  if (found === null) {
    seenIn(ctx.cache).delete(hash);
    throw unauthenticated();
  }
  rememberKey(ctx, hash, found);
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
    snapshot: async () => {
      await once();
      return inner.snapshot();
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
