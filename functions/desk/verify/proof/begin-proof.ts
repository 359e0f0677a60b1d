import { insertInto } from '../../../../db/query.ts';
import { proofRuns } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowRole } from '../../../ground/platform/allow.ts';
import { dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { dayNumber, HOUR_MS } from '../../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { getBusiness } from '../../../money/business/business.ts';
import {
  findLastFinished,
  findNewestChange,
  findOpenRun,
  findOpenWhole,
  hasNight,
  listRuns,
} from './queries.ts';

/** When the night's run begins, in hours after midnight in business time; the very first waits for no night. */
const NIGHT_HOUR = 3;
const WHOLE_EVERY_DAYS = 7;

export type ProofRun = typeof proofRuns.$inferSelect;

const insertRun = insertInto(proofRuns);

/** Whether a run goes on or is due: a few reads by key. */
export async function isProofDue(ctx: Context): Promise<boolean> {
  const db = ctx.db.fresh;
  if ((await findOpenRun(db)) !== null) return true;
  return (await findDueNight(ctx)) !== null;
}

/**
 * The run to work on: one that goes on, or tonight's, begun now. Of several processes one begins it.
 * @returns null when tonight's is over, or it is too early for it
 */
export async function findOrBeginRun(ctx: Context): Promise<ProofRun | null> {
  const db = ctx.db.fresh;
  const open = await findOpenRun(db);
  if (open !== null) return open;
  const night = await findDueNight(ctx);
  if (night === null) return null;
  try {
    await writeDecision(ctx, { rows: [insertRun(await newRun(ctx, night))] });
  } catch (error) {
    if (!isConflictOn(error, 'proof_runs')) throw error;
  }
  return findOpenRun(db);
}

/**
 * Has everything gone over again, from the next minute on; nothing when that is under way.
 * @throws {AppError} `forbidden`
 */
export async function beginProof(ctx: Context): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  if ((await findOpenWhole(ctx.db.fresh)) !== null) return;
  const run = { ...(await newRun(ctx, null)), scope: 'all', reached: '' } as const;
  try {
    await writeDecision(ctx, {
      rows: [insertRun(run)],
      audit: { kind: 'books.check-begun', subjectKind: 'business', subjectId: 'books' },
    });
  } catch (error) {
    if (!isConflictOn(error, 'proof_runs')) throw error;
  }
}

async function findDueNight(ctx: Context): Promise<string | null> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const { timeZone } = await getBusiness({ ...ctx, db });
  const night = dayOf(now, timeZone);
  const [newest] = await listRuns(db, { limit: 1 });
  if (newest === undefined) return night;
  if (now < startOfDay(night, timeZone) + NIGHT_HOUR * HOUR_MS) return null;
  return (await hasNight(db, { night })) === null ? night : null;
}

async function newRun(ctx: Context, night: string | null): Promise<ProofRun> {
  const db = ctx.db.fresh;
  const [newest, whole, last] = await Promise.all([
    findNewestChange(db),
    findLastFinished(db, { scope: 'all' }),
    findLastFinished(db, { scope: null }),
  ]);
  const { timeZone } = await getBusiness({ ...ctx, db });
  const day = (at: number) => dayNumber(dayOf(at, timeZone));
  const isWhole = whole === null || last === null || day(ctx.now()) - day(whole.begunAt) >= WHOLE_EVERY_DAYS;
  return {
    ...{ id: newId(), night, scope: isWhole ? 'all' : 'changed', upTo: newest?.position ?? 0 },
    ...{ reached: isWhole ? '' : String(last.upTo), accounts: 0, entries: 0, differences: 0 },
    ...{ begunAt: ctx.now(), actor: actorName(ctx.actor), toldAt: null, finishedAt: null },
  };
}
