/** Under what a process or isolate keeps what it has read, each kind in a slot of its own. Two portals have two. */
export interface Caches {
  readonly name: string;
}

export function createCaches(name = 'portal'): Caches {
  return { name };
}

/** The newest value that was read, and what it was read at: whoever reads another stamp reads the value anew. */
export interface Stamped<Value> {
  stamp: string;
  value: Value;
}

/** A place for one kind of value in any caches; it is gone with them. */
export function cacheSlot<Value>() {
  const kept = new WeakMap<Caches, Stamped<Value>>();
  return {
    /** Null when nothing is kept, or it was read at another stamp. */
    at: (caches: Caches, stamp: string): Value | null => {
      const found = kept.get(caches);
      return found !== undefined && found.stamp === stamp ? found.value : null;
    },
    /** Whatever is kept, true or not by now. */
    last: (caches: Caches): Value | null => kept.get(caches)?.value ?? null,
    keep: (caches: Caches, stamped: Stamped<Value>): void => void kept.set(caches, stamped),
  };
}
