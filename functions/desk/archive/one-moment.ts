import type { Snapshot } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { takePlace } from './place.ts';

/** What is written meanwhile waits in the log of a file; of a server it holds one of two places for requests. */
const HELD_MS_MAX = { embedded: 2 * 60 * 60_000, remote: 20 * 60_000 } as const;

/** The database at one moment. */
export interface OneMoment extends Pick<Snapshot, 'read'> {
  close: () => Promise<void>;
}

/**
 * The database as it is now, for whoever takes everything out; whoever does not fetch it in time is not waited for. A
 * server that works as README says takes two requests at a time: a second such reader would leave none for the portal.
 * @throws {AppError} `unavailable` on a server, while another one is being read
 */
export async function openMoment(ctx: Pick<Context, 'db' | 'now' | 'log'>): Promise<OneMoment> {
  const { db } = ctx;
  const place = db.engine === 'remote' ? await takePlace(ctx, { what: 'out', holder: newId() }) : null;
  const snapshot = await db.snapshot().catch(async (error: unknown) => {
    await place?.leave();
    throw error;
  });
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(timer);
    snapshot.close();
    await place?.leave();
  };
  const timer = setTimeout(() => void close().catch(() => undefined), HELD_MS_MAX[db.engine]);
  return {
    read: (statement) => {
      if (isClosed) throw new AppError('unavailable', 'The archive was not fetched in time.');
      return snapshot.read(statement);
    },
    close,
  };
}
