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
/** A Worker's request that is broken off takes its timer along: its batch is not written by itself any more. */
const STUCK_MS = 15_000;

/**
 * A counter of one process or isolate. The first hit of a batch opens it, with the database of its request, and writes it a few
 * seconds later; all hits until then cost a number in memory, and are of the day of the first. A batch that is not written in time
 * is written by a later request; one that cannot be written is lost.
 */
export function createHitCounter({ gather_ms = GATHER_MS } = {}): HitCounter {
  let open: Batch | null = null;
  const beingWritten = new Map<Batch, Promise<void>>();
  const begin = ({ ctx, timeZone, waitUntil }: Reading, stuck: Batch | null): Batch => {
    const openedAt = ctx.now();
    const counts = stuck === null ? newCounts(dayOf(openedAt, timeZone)) : takeCounts(stuck);
    const batch = openBatch({ openedAt, counts }, gather_ms);
    if (stuck !== null) beingWritten.delete(stuck);
    const written = batch.isOver.then(async () => {
      if (open === batch) open = null;
      await write(ctx, batch.counts);
      beingWritten.delete(batch);
    });
    beingWritten.set(batch, written);
    waitUntil(written);
    return batch;
  };
  return {
    count: ({ page, language }, reading) => {
      const isStuck = open !== null && reading.ctx.now() - open.openedAt > STUCK_MS;
      if (open === null || isStuck) open = begin(reading, open);
      const { hits } = open.counts;
      const key = `${language} ${page}`;
      hits.set(key, (hits.get(key) ?? 0) + 1);
    },
    end: async () => {
      open?.finish();
      await Promise.all(beingWritten.values());
    },
  };
}

interface Batch {
  openedAt: number;
  counts: HitCounts;
  isOver: Promise<void>;
  /** Ends it before its time. */
  finish: () => void;
}

function openBatch(begun: Pick<Batch, 'openedAt' | 'counts'>, gather_ms: number): Batch {
  const { promise: isOver, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, gather_ms);
  const finish = () => {
    clearTimeout(timer);
    resolve();
  };
  return { ...begun, isOver, finish };
}

const newCounts = (day: string): HitCounts => ({ day, hits: new Map() });

/** Takes from a batch what it gathered, so that it is not written twice should its timer still run. */
function takeCounts(batch: Batch): HitCounts {
  const { counts } = batch;
  batch.counts = newCounts(counts.day);
  return counts;
}

async function write({ db, log }: Pick<Context, 'db' | 'log'>, counts: HitCounts): Promise<void> {
  try {
    await keepHits(db, counts);
  } catch (error) {
    log.warn('How often pages were read is lost for a few seconds: {reason}', { reason: reasonOf(error) });
  }
}
