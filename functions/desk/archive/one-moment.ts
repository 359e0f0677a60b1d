import type { Snapshot } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { takePlace } from './place.ts';

/** What is written meanwhile waits in the log of a file; of a server it holds one of two places for requests. */
const HELD_MS_MAX = { embedded: 2 * 60 * 60_000, remote: 20 * 60_000 } as const;
/** Whoever fetches nothing for so long has gone away, by whatever way. */
const IDLE_MS_MAX = 60_000;

/** The database at one moment. */
export interface OneMoment extends Pick<Snapshot, 'read'> {
  /** Says that something of what was read was fetched. */
  touch: () => void;
  close: () => Promise<void>;
}

/**
 * The database as it is now, for whoever takes everything out; whoever does not fetch it in time is not waited for. One at a
 * time: a server that works as README says takes two requests at a time, and a file keeps what is written meanwhile.
 * @throws {AppError} `unavailable` while another one is being read
 */
export async function openMoment(ctx: Pick<Context, 'db' | 'now' | 'log'>): Promise<OneMoment> {
  const { db } = ctx;
  const place = await takePlace(ctx, { what: 'out', work: newId(), me: '', isGone: () => false });
  const snapshot = await db.snapshot().catch(async (error: unknown) => {
    await place.leave();
    throw error;
  });
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(timer);
    clearTimeout(idle);
    snapshot.close();
    await place.leave();
  };
  const closeSoon = (ms: number) => setTimeout(() => void close().catch(() => undefined), ms);
  const timer = closeSoon(HELD_MS_MAX[db.engine]);
  let idle = closeSoon(IDLE_MS_MAX);
  const touch = () => {
    clearTimeout(idle);
    if (!isClosed) idle = closeSoon(IDLE_MS_MAX);
  };
  return {
    read: (statement) => {
      if (isClosed) throw new AppError('unavailable', 'The archive was not fetched in time.');
      touch();
      return snapshot.read(statement);
    },
    touch,
    close,
  };
}
