import { statement } from '../../../../db/query.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { assertOwner } from '../assert-owner.ts';
import { decideChange, type MemberChange } from './acts.ts';
import { tellOwners } from './letters.ts';
import { findOpenChange, type OpenChange } from './queries.ts';

/**
 * Any owner stops what waits against one of them.
 * @throws {AppError} `forbidden`, `already_decided` once it was carried out, stopped or agreed to
 */
export async function stopOwnerChange(ctx: Context, { id }: { id: string }): Promise<void> {
  assertOwner(ctx);
  const change = await getOpen(ctx, id);
  await end(ctx, change, 'stopped');
}

/**
 * Whom it concerns agrees: it is carried out at once. Where who asked is no owner any more, it lapses.
 * @throws {AppError} `forbidden` to everybody else, `already_decided`
 */
export async function agreeToOwnerChange(ctx: Context, { id }: { id: string }): Promise<void> {
  assertOwner(ctx);
  const change = await getOpen(ctx, id);
  if (ctx.actor.kind !== 'staff' || ctx.actor.id !== change.staffId)
    throw new AppError('forbidden', 'Only whom it concerns can agree to it.');
  allowProven(ctx);
  if (!mayAsk(change)) {
    await end(ctx, change, 'lapsed');
    throw alreadyDecided();
  }
  await end(ctx, change, 'agreed');
}

/**
 * Carries out what is due. Where either of the two is no owner any more there is nothing to take, or nobody who may, and
 * it lapses.
 * @throws {AppError} `already_decided`
 */
export async function carryOutOwnerChange(ctx: Context, { id }: { id: string }): Promise<void> {
  const change = await getOpen(ctx, id);
  const isOwner = change.roleNow === 'owner' && change.disabledAt === null;
  await end(ctx, change, isOwner && mayAsk(change) ? 'due' : 'lapsed');
}

const mayAsk = ({ askerRole, askerDisabledAt }: OpenChange) =>
  askerRole === 'owner' && askerDisabledAt === null;

type Outcome = 'agreed' | 'due' | 'stopped' | 'lapsed';

async function getOpen(ctx: Context, id: string): Promise<OpenChange> {
  const change = await findOpenChange(ctx.db.fresh, { id });
  if (change === null) throw alreadyDecided();
  return change;
}

async function end(ctx: Context, change: OpenChange, outcome: Outcome): Promise<void> {
  const member = { id: change.staffId, role: change.roleNow };
  const isCarriedOut = outcome === 'agreed' || outcome === 'due';
  const letters = outcome === 'lapsed' ? [] : await tellOwners(ctx, { change, member: change, outcome });
  try {
    await writeDecision(ctx, {
      rows: [endRow(ctx, change.id, outcome)],
      letters,
      audit: {
        kind: `owner-change.${outcome}`,
        subjectKind: 'staff',
        subjectId: change.staffId,
        detail: { change: change.act },
      },
      also: isCarriedOut ? [decideChange(ctx, member, changeOf(change))] : [],
    });
  } catch (error) {
    throw isConflictOn(error, 'owner_change_ends.change_id') ? alreadyDecided() : error;
  }
  ctx.wakeMail('now');
}

function changeOf({ act, role }: OpenChange): MemberChange {
  return act === 'role' ? { act, role: role ?? 'analyst' } : { act };
}

/**
 * Writes the end down, once. It is carried out only while who asked for it is an owner: otherwise it gets no key, which the
 * table refuses and with it the whole batch, so that two owners who shut each other out never both are.
 */
function endRow(ctx: Context, id: string, outcome: Outcome) {
  const key =
    outcome === 'agreed' || outcome === 'due'
      ? "(SELECT c.id FROM owner_changes c JOIN staff s ON s.id = c.asked_by WHERE c.id = ? AND s.role = 'owner' AND s.disabled_at IS NULL)"
      : '?';
  return statement(
    `INSERT INTO owner_change_ends (change_id, outcome, at, actor) VALUES (${key}, ?, ?, ?)`,
    id,
    outcome,
    ctx.now(),
    actorName(ctx.actor),
  );
}

function alreadyDecided(): AppError {
  return new AppError('already_decided', 'This was decided already.');
}
