import type { WaitUntil } from '../../ground/http/api.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { type Hit, type HitCounts, keepHits } from './keep-hits.ts';

/** Counts in memory which pages are read, and writes the sums in batches. */
export interface HitCounter {
  count: (hit: Hit, reading: Reading) => void;
  /** Writes what is gathered at once: the process ends. */
  end: () => Promise<void>;
}

/** The request that reads. */
interface Reading {
  ctx: Pick<Context, 'db' | 'now' | 'log'>;
  timeZone: string;
  /** Keeps a Worker alive until the sums are written. */
  waitUntil: WaitUntil;
}

/** What a crash may lose; a Worker may go on for half a minute behind an answer. */
const GATHER_MS = 5000;

/**
 * A counter of one process or isolate. The first hit of a batch opens it, with the database of its request, and writes it a few
 * seconds later; all hits until then cost a number in memory, and are of the day of the first. A batch that cannot be written is lost.
 */
export function createHitCounter({ gather_ms = GATHER_MS } = {}): HitCounter {
  let open: Batch | null = null;
  return {
    count: ({ page, language }, { ctx, timeZone, waitUntil }) => {
      if (open === null) {
        const batch = openBatch(dayOf(ctx.now(), timeZone), gather_ms);
        open = batch;
        batch.written = batch.isOver.then(() => {
          open = null;
          return write(ctx, batch.counts);
        });
        waitUntil(batch.written);
      }
      const { hits } = open.counts;
      const key = `${language} ${page}`;
      hits.set(key, (hits.get(key) ?? 0) + 1);
    },
    end: async () => {
      const last = open;
      last?.finish();
      await last?.written;
    },
  };
}

interface Batch {
  counts: HitCounts;
  isOver: Promise<void>;
  written: Promise<void>;
  /** Ends it before its time. */
  finish: () => void;
}

function openBatch(day: string, gather_ms: number): Batch {
  const { promise: isOver, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, gather_ms);
  const finish = () => {
    clearTimeout(timer);
    resolve();
  };
  return { counts: { day, hits: new Map() }, isOver, written: isOver, finish };
}

async function write({ db, log }: Pick<Context, 'db' | 'log'>, counts: HitCounts): Promise<void> {
  try {
    await keepHits(db, counts);
  } catch (error) {
    log.warn('How often pages were read is lost for a few seconds: {reason}', { reason: reasonOf(error) });
  }
}
