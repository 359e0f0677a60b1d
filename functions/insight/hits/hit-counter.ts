import type { WaitUntil } from '../../ground/http/api.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { createWriteBehind } from '../../ground/platform/write-behind.ts';
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

/**
 * A counter of one process or isolate: a hit costs a number in memory, and is of the day of the first hit of its batch. A batch
 * that cannot be written is lost.
 */
export function createHitCounter({ gather_ms }: { gather_ms?: number } = {}): HitCounter {
  const behind = createWriteBehind<HitCounts, Reading>({
    begin: ({ ctx, timeZone }) => ({ day: dayOf(ctx.now(), timeZone), hits: new Map() }),
    write: ({ ctx }, counts) => write(ctx, counts),
    gather_ms,
  });
  return {
    count: ({ page, language }, reading) => {
      const { hits } = behind.gathered(reading);
      const key = `${language} ${page}`;
      hits.set(key, (hits.get(key) ?? 0) + 1);
    },
    end: behind.end,
  };
}

async function write({ db, log }: Pick<Context, 'db' | 'log'>, counts: HitCounts): Promise<void> {
  try {
    await keepHits(db, counts);
  } catch (error) {
    log.warn('How often pages were read is lost for a few seconds: {reason}', { reason: reasonOf(error) });
  }
}
