import { insertInto } from '../../../../db/query.ts';
import { promiseDecisions } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowRole } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { decidePolicies, setPolicy } from '../../../money/business/policies.ts';
import { promisedDays, withdrawnFrom } from '../../../money/orders/promised-days.ts';
import { DAYS } from './measure.ts';
import { listFindings } from './queries.ts';

const insertDecision = insertInto(promiseDecisions);

const NOTE_MAX = 500;

/**
 * Keeps a promise on in spite of how seldom it was kept, with why; it is looked at again after 90 days.
 * @throws {AppError} `not_found`, `already_decided`, `validation_failed`, `forbidden`
 */
export async function keepPromise(
  ctx: Context,
  { findingId, note }: { findingId: string; note: string },
): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const words = note.trim();
  if (words === '' || words.length > NOTE_MAX)
    throw wrongField(
      'note',
      words === '' ? 'required' : 'too_long',
      `has to have 1 to ${NOTE_MAX} characters`,
    );
  const finding = (await listFindings(ctx.db.fresh)).find(({ id }) => id === findingId);
  if (finding === undefined) throw new AppError('not_found', 'There is no such finding.');
  const { promise } = finding;
  await write(ctx, decisionOn(ctx, { findingId, promise, decision: 'kept_on', note: words }));
}

/**
 * Promises no days any more: of orders placed from today on customers are told none. What was promised before stays; withdrawn already,
 * the day stays. What was proposed is decided by it, in the same write.
 * @throws {AppError} `already_decided` where somebody else decided just now, `forbidden`
 */
export async function withdrawDays(ctx: Context): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const today = dayOf(ctx.now(), business.timeZone);
  const from = withdrawnFrom(business);
  const isPromised = from === null || from > today;
  const open = (await listFindings(ctx.db.fresh)).find((one) => one.promise === DAYS);
  await write(ctx, {
    also: [
      ...(isPromised ? [await decidePolicies(ctx, [[promisedDays.key, today]])] : []),
      ...(open === undefined || open.decision !== null
        ? []
        : [decisionOn(ctx, { findingId: open.id, promise: DAYS, decision: 'withdrawn', note: null })]),
    ],
  });
}

/** Promises days again. @throws {AppError} `forbidden` */
export function promiseDaysAgain(ctx: Context): Promise<void> {
  return setPolicy(ctx, promisedDays.key, promisedDays.standard);
}

interface FindingDecided {
  findingId: string;
  promise: string;
  decision: 'withdrawn' | 'kept_on';
  note: string | null;
}

function decisionOn(ctx: Context, { promise, ...row }: FindingDecided): Decision {
  return {
    rows: [insertDecision({ ...row, at: ctx.now(), actor: actorName(ctx.actor) })],
    audit: {
      kind: 'promise.decided',
      subjectKind: 'benefit',
      subjectId: promise,
      detail: { finding: row.findingId, decision: row.decision },
    },
  };
}

async function write(ctx: Context, decision: Decision): Promise<void> {
  try {
    await writeDecision(ctx, decision);
  } catch (error) {
    if (!isConflictOn(error, 'promise_decisions')) throw error;
    throw new AppError('already_decided', 'This has been decided already.');
  }
}
