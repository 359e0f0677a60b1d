import type { Look, LookBook, Looker } from '../../ground/platform/look-book.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { createWriteBehind } from '../../ground/platform/write-behind.ts';
import { FOLD_MS, keepLooks, type NotedLook } from './keep-looks.ts';

/** Of how many looks it is remembered that they stand; of the others the database knows it. */
const REMEMBERED_MAX = 5000;

interface Looking {
  ctx: Looker;
  waitUntil: Looker['waitUntil'];
}

type Noted = Map<string, NotedLook>;

/**
 * Who looked at whose data, of one process or isolate. A look is a line in memory and written some seconds later; one that
 * follows another within some minutes is none. A batch that could not be written goes with the next one: written twice it is
 * still one row.
 */
export function createLookBook({ gather_ms }: { gather_ms?: number } = {}): LookBook {
  const standing = new Map<string, number>();
  const unwritten: Noted = new Map();
  const behind = createWriteBehind<Noted, Looking>({
    begin: () => takeAll(unwritten),
    write: async ({ ctx }, noted) => {
      try {
        await keepLooks(ctx.db, [...noted.values()]);
      } catch (error) {
        ctx.log.warn('Who looked at whose data could not be written yet: {reason}', {
          reason: reasonOf(error),
        });
        for (const [key, look] of noted) if (unwritten.size < REMEMBERED_MAX) unwritten.set(key, look);
      }
    },
    gather_ms,
  });
  return {
    note: (by, look) => {
      const at = by.now();
      const key = keyOf(by, look);
      const since = standing.get(key);
      if (since !== undefined && at - since < FOLD_MS) return;
      remember(standing, key, at);
      behind.gathered({ ctx: by, waitUntil: by.waitUntil }).set(key, { ...look, at, actor: by.actor });
    },
    end: behind.end,
  };
}

const keyOf = ({ actor }: Looker, { customerId, what }: Look) => `${actor} ${customerId} ${what}`;

function takeAll(noted: Noted): Noted {
  const taken = new Map(noted);
  noted.clear();
  return taken;
}

/** The newest is last, so that the oldest is forgotten first. */
function remember(standing: Map<string, number>, key: string, at: number): void {
  standing.delete(key);
  standing.set(key, at);
  const [oldest] = standing.keys();
  if (standing.size > REMEMBERED_MAX && oldest !== undefined) standing.delete(oldest);
}
