import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Store } from '../../../db/store.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type AccountSpan, allAccounts, checkAccounts, type OnProgress } from './check-accounts.ts';
import { listSpanEnds } from './queries.ts';
import { sumOf, type Verified } from './verified.ts';

/** What a thread is told first; after that one span at a time. */
export interface ThreadTask {
  path: string;
  now: number;
  defaults: Identity;
}

interface Asked {
  path: string;
  threads?: number;
  accountsPerSpan?: number;
}

const THREADS_MAX = 4;
const ACCOUNTS_PER_SPAN = 500;
/** A thread takes a third of a second to start, in which so many are checked. */
const SPANS_MIN = 4;

/**
 * As `checkAccounts` of all accounts, by threads that each read the file by a connection of their own. For a process
 * that does nothing else: see docs/decisions/0024-verify.md.
 */
export async function checkInThreads(
  ctx: Pick<Context, 'db' | 'cache' | 'defaults' | 'now'>,
  {
    path,
    threads = Math.min(THREADS_MAX, availableParallelism()),
    accountsPerSpan = ACCOUNTS_PER_SPAN,
  }: Asked,
  onProgress: OnProgress,
): Promise<Verified> {
  const spans = await spansOf(ctx.db, accountsPerSpan);
  if (threads < 2 || spans.length < SPANS_MIN) return checkAccounts(ctx, allAccounts, onProgress);
  const parts: Verified[] = [];
  const task: ThreadTask = { path, now: ctx.now(), defaults: ctx.defaults };
  let next = 0;
  let accounts = 0;
  async function workThrough(): Promise<void> {
    const worker = startThread(task);
    try {
      for (let index = next++; index < spans.length; index = next++) {
        worker.postMessage(spans[index]);
        const [part]: Verified[] = await once(worker, 'message');
        if (part === undefined) throw new Error('a thread answered nothing');
        parts[index] = part;
        accounts += part.accounts;
        onProgress(accounts);
      }
      worker.postMessage(null);
      await once(worker, 'exit');
    } catch (error) {
      next = spans.length;
      await worker.terminate();
      throw error;
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, spans.length) }, workThrough));
  return sumOf(parts);
}

function startThread(workerData: ThreadTask): Worker {
  return new Worker(new URL('./check-thread.ts', import.meta.url), { workerData });
}

async function spansOf(db: Store, size: number): Promise<AccountSpan[]> {
  const ends = (await listSpanEnds(db.fresh, { size })).map(({ id }) => id);
  return [...ends, null].map((upTo, index) => ({ after: ends[index - 1] ?? '', upTo }));
}
