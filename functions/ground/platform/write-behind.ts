/** Who adds to a batch: the request of it keeps a Worker alive until the batch is written. */
export interface Adder {
  ctx: { now: () => number };
  waitUntil: (work: Promise<unknown>) => void;
}

/** What is gathered in memory and written some seconds later, many things at once. */
export interface WriteBehind<Gathered, By extends Adder> {
  /** The batch that is open now; the first who asks opens one. */
  gathered: (by: By) => Gathered;
  /** Writes what is gathered at once: the process ends. */
  end: () => Promise<void>;
}

interface Terms<Gathered, By extends Adder> {
  /** An empty batch. */
  begin: (by: By) => Gathered;
  /** Writes a batch with the database of whoever opened it; it throws nothing. */
  write: (by: By, gathered: Gathered) => Promise<void>;
  gather_ms?: number | undefined;
}

/** What a crash may lose; a Worker may go on for half a minute behind an answer. */
const GATHER_MS = 5000;
/** A Worker's request that is broken off takes its timer along: its batch is not written by itself any more. */
const STUCK_MS = 15_000;

/**
 * Batches of one process or isolate. Whoever is first opens one, with the database of their request, and writes it a few
 * seconds later; all that comes until then costs memory alone. A batch that is not written in time is written by a later request.
 */
export function createWriteBehind<Gathered, By extends Adder>({
  begin,
  write,
  gather_ms = GATHER_MS,
}: Terms<Gathered, By>): WriteBehind<Gathered, By> {
  let open: Batch<Gathered> | null = null;
  const beingWritten = new Map<Batch<Gathered>, Promise<void>>();
  const openBy = (by: By, stuck: Batch<Gathered> | null): Batch<Gathered> => {
    const gathered = stuck === null ? begin(by) : takeFrom(stuck, begin(by));
    const batch = openBatch({ openedAt: by.ctx.now(), gathered }, gather_ms);
    if (stuck !== null) beingWritten.delete(stuck);
    const written = batch.isOver.then(async () => {
      if (open === batch) open = null;
      await write(by, batch.gathered);
      beingWritten.delete(batch);
    });
    beingWritten.set(batch, written);
    by.waitUntil(written);
    return batch;
  };
  return {
    gathered: (by) => {
      const isStuck = open !== null && by.ctx.now() - open.openedAt > STUCK_MS;
      if (open === null || isStuck) open = openBy(by, open);
      return open.gathered;
    },
    end: async () => {
      open?.finish();
      await Promise.all(beingWritten.values());
    },
  };
}

interface Batch<Gathered> {
  openedAt: number;
  gathered: Gathered;
  isOver: Promise<void>;
  /** Ends it before its time. */
  finish: () => void;
}

function openBatch<Gathered>(
  begun: Pick<Batch<Gathered>, 'openedAt' | 'gathered'>,
  gather_ms: number,
): Batch<Gathered> {
  const { promise: isOver, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, gather_ms);
  const finish = () => {
    clearTimeout(timer);
    resolve();
  };
  return { ...begun, isOver, finish };
}

/** Takes from a batch what it gathered, so that it is not written twice should its timer still run. */
function takeFrom<Gathered>(batch: Batch<Gathered>, empty: Gathered): Gathered {
  const { gathered } = batch;
  batch.gathered = empty;
  return gathered;
}
