import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';

/** A process that says nothing for so long is taken for gone. */
const HELD_MS = 30_000;
const SAID_EVERY_MS = 5000;

/** Held by one at a time, whatever process they are of, until they leave it or are heard of no more. */
export interface HeldPlace {
  /** Says that the holder is there still; for what lets no timer run. @throws {AppError} `unavailable` when it is somebody else's by now */
  stay: () => Promise<void>;
  /** Says so for the last time, for as long as the holder's next turn may take to come. */
  keepFor: (ms: number) => Promise<void>;
  leave: () => Promise<void>;
}

/**
 * Who held it before and comes again by the same name has it at once.
 * @throws {AppError} `unavailable` while somebody else holds it
 */
export async function takePlace(
  { db, now, log }: Pick<Context, 'db' | 'now' | 'log'>,
  { what, holder }: { what: 'out' | 'in'; holder: string },
): Promise<HeldPlace> {
  const [rows] = await db.write([
    statement(
      `INSERT INTO archive_places (what, holder, until) VALUES (?, ?, ?) ON CONFLICT (what) DO UPDATE
       SET holder = excluded.holder, until = excluded.until WHERE until <= ? OR holder = excluded.holder RETURNING what`,
      ...[what, holder, now() + HELD_MS, now()],
    ),
  ]);
  if (rows?.length !== 1) throw taken(what);
  let saidAt = performance.now();
  const say = async (ms: number) => {
    saidAt = performance.now();
    const [still] = await db.write([
      statement(
        'UPDATE archive_places SET until = ? WHERE what = ? AND holder = ? RETURNING what',
        ...[now() + ms, what, holder],
      ),
    ]);
    if (still?.length !== 1) throw taken(what);
  };
  const timer = setInterval(() => {
    say(HELD_MS).catch((error: unknown) =>
      log.warn('An archive could not keep its place: {reason}', { reason: reasonOf(error) }),
    );
  }, SAID_EVERY_MS);
  return {
    stay: async () => {
      if (performance.now() - saidAt >= SAID_EVERY_MS) await say(HELD_MS);
    },
    keepFor: async (ms) => {
      clearInterval(timer);
      await say(ms);
    },
    leave: async () => {
      clearInterval(timer);
      await db.write([
        statement('DELETE FROM archive_places WHERE what = ? AND holder = ?', ...[what, holder]),
      ]);
    },
  };
}

function taken(what: 'out' | 'in'): AppError {
  const message =
    what === 'in'
      ? 'An archive is being brought in already. Should that have been ended, try again in half a minute.'
      : 'An archive is being taken already. Try again once it is done; should that have been ended, in half a minute.';
  return new AppError('unavailable', message);
}
