import { z } from 'zod';
import { insertInto, statement } from '../../../../db/query.ts';
import { staffAbsences } from '../../../../db/schema/index.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { addDays, dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { day } from '../../../ground/platform/input.ts';
import { parseInput, refuseFields } from '../../../ground/platform/parse-input.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findMember } from '../open-manager.ts';
import { type Absence, listAbsences } from './list-absences.ts';

const DAYS_MAX = 366;

const input = z.strictObject({
  /** The id or the email of who is away, and of who stands in. */
  staff: z.string().trim().max(254),
  from: day,
  until: day,
  standIn: z.string().trim().max(254),
});

const insertAbsence = insertInto(staffAbsences);

/**
 * Somebody is away from one day to another of business time, both included: meanwhile their customers are shown the
 * stand-in, whose name mail has, and who sees their tasks. It ends by itself. Said by themselves or an owner.
 * @throws {AppError} `validation_failed` for `staff`, `until` and `standIn`, `forbidden`
 */
export async function setAbsence(ctx: Context, typed: z.input<typeof input>): Promise<{ id: string }> {
  const { staff, from, until, standIn } = parseInput(input, typed);
  const [member, other, { timeZone }] = await Promise.all([
    findMember(ctx.db.fresh, { who: staff }),
    findMember(ctx.db.fresh, { who: standIn }),
    getBusiness(ctx),
  ]);
  allowFor(ctx, member?.id ?? null);
  const ahead = await listAbsences({ ...ctx, db: ctx.db.fresh });
  const today = dayOf(ctx.now(), timeZone);
  const meanwhile = ahead.filter((one) => one.from <= until && one.until >= from);
  refuseFields([
    ...(member === null ? [wrong('staff', 'unknown', 'is nobody who works here')] : []),
    ...daysWrong({ from, until, today }),
    ...meanwhileWrong(meanwhile, { staffId: member?.id, standInId: other?.id }),
    ...(other === null || other.role === 'analyst'
      ? [wrong('standIn', 'unknown', 'has to work here and do more than read')]
      : []),
  ]);
  const id = newId();
  const [staffId, standInId] = [member?.id ?? '', other?.id ?? ''];
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [insertAbsence({ id, staffId, standInId, fromDay: from, untilDay: until, ...done })],
    audit: {
      kind: 'absence.set',
      subjectKind: 'staff',
      subjectId: staffId,
      detail: { from, until, to: standInId },
    },
  });
  return { id };
}

/** Calls an absence off, or ends it today. @throws {AppError} `not_found`, `forbidden` */
export async function endAbsence(ctx: Context, { id }: { id: string }): Promise<void> {
  const ahead = await listAbsences({ ...ctx, db: ctx.db.fresh });
  const absence = ahead.find((one) => one.id === id);
  if (absence === undefined) throw new AppError('not_found', 'There is no such absence ahead.');
  allowFor(ctx, absence.staffId);
  await writeDecision(ctx, {
    rows: [
      statement(
        'UPDATE staff_absences SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
        ...[ctx.now(), actorName(ctx.actor), id],
      ),
    ],
    audit: { kind: 'absence.ended', subjectKind: 'staff', subjectId: absence.staffId },
  });
}

function allowFor({ actor }: Context, staffId: string | null): void {
  const isOwn = actor.kind === 'staff' && actor.id === staffId;
  const isOwner = actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'owner');
  if (!isOwn && !isOwner)
    throw new AppError('forbidden', 'Only they themselves and owners say when somebody is away.');
}

const wrong = (path: string, code: string, message: string): FieldError => ({ path, code, message });

function daysWrong({ from, until, today }: { from: string; until: string; today: string }): FieldError[] {
  if (until < from) return [wrong('until', 'before_from', 'has to be no earlier than the first day')];
  if (until < today) return [wrong('until', 'past', 'has to be today or later')];
  return until > addDays(from, DAYS_MAX) ? [wrong('until', 'too_long', 'has to be within a year')] : [];
}

/** Nobody is away twice, and nobody stands in who is away: who calls always finds somebody. */
function meanwhileWrong(
  meanwhile: readonly Absence[],
  { staffId, standInId }: { staffId: string | undefined; standInId: string | undefined },
): FieldError[] {
  if (staffId === undefined) return [];
  const isAway = (id: string | undefined) => meanwhile.some((one) => one.staffId === id);
  return [
    ...(isAway(staffId) ? [wrong('from', 'overlaps', 'overlaps with when they are away already')] : []),
    ...(meanwhile.some((one) => one.standInId === staffId)
      ? [
          wrong(
            'from',
            'stands_in',
            'is when they stand in for somebody: choose somebody else for that first',
          ),
        ]
      : []),
    ...(standInId === staffId ? [wrong('standIn', 'same', 'has to be somebody else')] : []),
    ...(standInId !== staffId && isAway(standInId)
      ? [wrong('standIn', 'away', 'has to be somebody who is there then')]
      : []),
  ];
}
