import { isHeldBack, LEFT_MS } from '../../../db/hold-back.ts';
import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { everyOnce } from '../../ground/platform/every-once.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { listLiveRuns } from '../../reach/imports/runs/list-live-runs.ts';

/** A process that says nothing for so long is taken for gone. */
const HELD_MS = 30_000;
const SAID_EVERY_MS = 5000;

/** Held by one at a time, whatever process they are of, until they leave it or are heard of no more. */
export interface HeldPlace {
  /** Whether it was not held for the same work before, or so long ago that others have ceased to look out for it. */
  isNew: boolean;
  /** Says that the holder is there still; for what lets no timer run. @throws {AppError} `unavailable` when it is somebody else's by now */
  stay: () => Promise<void>;
  /** Whether it is nobody else's by now. */
  isHeld: () => Promise<boolean>;
  /** Gives it to whichever process does the work's next turn, for as long as that may take to come. */
  keepFor: (ms: number) => Promise<void>;
  leave: () => Promise<void>;
}

export interface Holder {
  /** The work that the place is held for. */
  work: string;
  /** The process that does it now. */
  me: string;
  /** Whether another process that did it before is over. */
  isGone: (process: string) => boolean;
}

/**
 * A process that goes on with the same work has it at once when the former gave it up, or is over; anybody has it that was kept
 * for the next turn of a run which ended meanwhile.
 * @throws {AppError} `unavailable` while somebody else holds it
 */
export async function takePlace(
  { db, now, log }: Pick<Context, 'db' | 'now' | 'log'>,
  { what, work, me, isGone }: { what: 'out' | 'in' } & Holder,
): Promise<HeldPlace> {
  const holder = `${work} ${me}`;
  const readHolder = async () => {
    const [row] = await db.fresh.read(
      statement('SELECT holder, until FROM archive_places WHERE what = ?', what),
    );
    return row === undefined ? null : { holder: String(row[0]), until: Number(row[1]) };
  };
  const before = await readHolder();
  const former = before?.holder ?? null;
  const isOver =
    former?.startsWith(`${work} `) === true
      ? isGone(former.slice(work.length + 1))
      : former !== null && isKept(former) && !(await listLiveRuns(db)).includes(former);
  const [rows] = await db.write([
    statement(
      `INSERT INTO archive_places (what, holder, until) VALUES (?, ?, ?) ON CONFLICT (what) DO UPDATE
       SET holder = excluded.holder, until = excluded.until WHERE until <= ? OR holder IN (?, ?, ?) RETURNING what`,
      ...[what, holder, now() + HELD_MS, now(), holder, work, isOver ? former : holder],
    ),
  ]);
  if (rows?.length !== 1) throw taken(what);
  let saidAt = performance.now();
  const say = async (ms: number, by = holder) => {
    saidAt = performance.now();
    const [still] = await db.write([
      statement(
        'UPDATE archive_places SET until = ?, holder = ? WHERE what = ? AND holder = ? RETURNING what',
        ...[now() + ms, by, what, holder],
      ),
    ]);
    if (still?.length !== 1) throw taken(what);
  };
  const timer = everyOnce(SAID_EVERY_MS, () =>
    say(HELD_MS).catch((error: unknown) => {
      if (!isHeldBack(error))
        log.warn('An archive could not keep its place: {reason}', { reason: reasonOf(error) });
    }),
  );
  return {
    isNew: former?.split(' ', 1)[0] !== work || (before?.until ?? 0) <= now() - LEFT_MS,
    stay: async () => {
      if (performance.now() - saidAt >= SAID_EVERY_MS) await say(HELD_MS);
    },
    isHeld: async () => (await readHolder())?.holder === holder,
    keepFor: async (ms) => {
      timer.stop();
      await say(ms, work);
    },
    leave: async () => {
      timer.stop();
      await db.write([
        statement('DELETE FROM archive_places WHERE what = ? AND holder = ?', ...[what, holder]),
      ]);
    },
  };
}

/** For the next turn of some work: then no process is named. */
const isKept = (holder: string) => !holder.includes(' ');

function taken(what: 'out' | 'in'): AppError {
  const message =
    what === 'in'
      ? 'An archive is being brought in already. Should that have been ended, try again in half a minute.'
      : 'An archive is being taken already. Try again once it is done; should that have been ended, in half a minute.';
  return new AppError('unavailable', message);
}
