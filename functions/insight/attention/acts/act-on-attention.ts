import { insertInto, statement } from '../../../../db/query.ts';
import { attentionActs } from '../../../../db/schema/index.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../../ground/platform/business-time.ts';
import { isDay } from '../../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { freeText } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import type { AttentionOutcome } from '../lists.ts';
import { findActiveStaff, findSaying, type SayingRow } from '../queries.ts';

const NOTE_LENGTH_MAX = 2000;
/** Nobody is to be forgotten by being put off. */
const SNOOZE_DAYS_MOST = 365;

const insertAct = insertInto(attentionActs);
type Act = Pick<typeof attentionActs.$inferInsert, 'kind' | 'staffId' | 'untilOn' | 'outcome' | 'note'>;

/**
 * Gives what a list names to a member of staff, or to nobody.
 * @throws {AppError} `not_found` also for who does not work here, `forbidden`
 */
export async function assignAttention(
  ctx: Context,
  { id, staffId }: { id: string; staffId: string | null },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  if (staffId !== null && (await findActiveStaff(ctx.db.fresh, { who: staffId }))?.id !== staffId)
    throw new AppError('not_found', 'Nobody like that works here.');
  await act(ctx, id, ({ assignedTo }) => (assignedTo === staffId ? null : { kind: 'assigned', staffId }));
}

/**
 * Puts one off until a day.
 * @throws {AppError} `validation_failed` for a day that is not within the next 365, `not_found`, `forbidden`
 */
export async function snoozeAttention(
  ctx: Context,
  { id, untilOn }: { id: string; untilOn: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  if (!isDay(untilOn) || untilOn <= today || untilOn > addDays(today, SNOOZE_DAYS_MOST))
    throw wrongField('untilOn', 'invalid_date', 'has to be a day within the next 365');
  await act(ctx, id, ({ snoozedUntil }) => (snoozedUntil === untilOn ? null : { kind: 'snoozed', untilOn }));
}

/** Says what became of one, which takes it off the list. @throws {AppError} `validation_failed`, `not_found`, `forbidden` */
export async function closeAttention(
  ctx: Context,
  { id, outcome, note }: { id: string; outcome: AttentionOutcome; note: string | null },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const text = parseInput(freeText(NOTE_LENGTH_MAX), note);
  await act(ctx, id, (row) => (row.outcome === null ? { kind: 'closed', outcome, note: text } : null));
}

/** Puts one that was closed back on its list. @throws {AppError} `not_found`, `forbidden` */
export async function reopenAttention(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'customers:write');
  await act(ctx, id, ({ outcome }) => (outcome === null ? null : { kind: 'reopened' }));
}

/** An act is a row with who and when; what it says last stands with what it is about. */
async function act(
  ctx: Context,
  id: string,
  decide: (row: SayingRow) => (Act & { kind: 'assigned' | 'snoozed' | 'closed' | 'reopened' }) | null,
): Promise<void> {
  const known = await findSaying(ctx.db.fresh, { id });
  if (known === null) throw new AppError('not_found', 'No list names this.');
  await writeHistory(ctx, known.rootId, async (seen) => {
    const row = (await findSaying(seen.db.fresh, { id })) ?? known;
    const decided = decide(row);
    if (decided === null) return unchanged;
    const { kind, staffId = null, untilOn = null, outcome = null } = decided;
    return {
      history: { kind: `attention_${kind}`, detail: { list: row.list, outcome, untilOn } },
      rows: [
        insertAct({ ...decided, id: newId(), sayingId: id, at: ctx.now(), actor: actorName(ctx.actor) }),
        statement(
          'UPDATE attention_sayings SET assigned_to = ?, snoozed_until = ?, outcome = ? WHERE id = ?',
          kind === 'assigned' ? staffId : row.assignedTo,
          kind === 'snoozed' ? untilOn : row.snoozedUntil,
          kind === 'closed' ? outcome : null,
          id,
        ),
      ],
      audit: {
        kind: `attention.${kind}`,
        subjectKind: 'account',
        subjectId: row.rootId,
        detail: { list: row.list, ...(staffId === null ? {} : { to: staffId }) },
      },
    };
  });
}
