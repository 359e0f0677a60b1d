import { insertInto } from '../../../db/query.ts';
import { hospitalityDecisions, hospitalityWithdrawals } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow, allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { findEntry } from './queries.ts';
import { isOwnEntry } from './record-hospitality.ts';
import { type HospitalityEntry, toEntry } from './to-entry.ts';

const insertDecision = insertInto(hospitalityDecisions);
const insertWithdrawal = insertInto(hospitalityWithdrawals);

const REASON_MAX = 300;

/**
 * Approves or refuses what is over a limit, by an owner or manager who neither gives it nor wrote it down; a refusal says why.
 * @throws {AppError} `not_found`, `already_decided`, `forbidden` for one's own, `validation_failed`
 */
export async function decideHospitality(
  ctx: Context,
  { id, isApproved, reason }: { id: string; isApproved: boolean; reason: string },
): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const entry = await getEntry(ctx, id);
  if (entry.state !== 'waiting') throw new AppError('already_decided', 'This waits for nobody.');
  if (isOwnEntry(ctx, entry)) throw new AppError('forbidden', 'A second person decides on it.');
  const words = reasonOf(reason, { isNeeded: !isApproved });
  const decision = isApproved ? 'approved' : 'refused';
  try {
    await writeDecision(ctx, {
      rows: [
        insertDecision({ entryId: id, decision, reason: words, at: ctx.now(), actor: actorName(ctx.actor) }),
      ],
      audit: {
        kind: isApproved ? 'hospitality.approved' : 'hospitality.refused',
        subjectKind: 'customer',
        subjectId: entry.customerId,
        detail: { entry: id, amount: entry.worthMinor },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'hospitality_decisions')) throw error;
    throw new AppError('already_decided', 'This has been decided already.');
  }
}

/**
 * Takes back an entry that was not given after all, or was a mistake; it stays readable, with why.
 * @throws {AppError} `not_found`, `already_decided`, `validation_failed`, `forbidden`
 */
export async function withdrawHospitality(
  ctx: Context,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  const entry = await getEntry(ctx, id);
  if (entry.state === 'withdrawn' || entry.state === 'refused')
    throw new AppError('already_decided', 'This counts for nothing already.');
  const words = reasonOf(reason, { isNeeded: true }) ?? '';
  try {
    await writeDecision(ctx, {
      rows: [insertWithdrawal({ entryId: id, reason: words, at: ctx.now(), actor: actorName(ctx.actor) })],
      audit: {
        kind: 'hospitality.withdrawn',
        subjectKind: 'customer',
        subjectId: entry.customerId,
        detail: { entry: id, amount: entry.worthMinor },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'hospitality_withdrawals')) throw error;
    throw new AppError('already_decided', 'This has been taken back already.');
  }
}

async function getEntry(ctx: Context, id: string): Promise<HospitalityEntry> {
  const [row] = await findEntry(ctx.db.fresh, { id });
  if (row === undefined) throw new AppError('not_found', 'There is no such entry.');
  return toEntry(row);
}

function reasonOf(reason: string, { isNeeded }: { isNeeded: boolean }): string | null {
  const words = reason.trim();
  if (words.length > REASON_MAX)
    throw wrongField('reason', 'too_long', `has at most ${REASON_MAX} characters`);
  if (words === '' && isNeeded) throw wrongField('reason', 'required', 'is needed');
  return words === '' ? null : words;
}
