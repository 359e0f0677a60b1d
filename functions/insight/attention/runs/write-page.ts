import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { addDays } from '../../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { horizonDays } from '../lists.ts';
import type { ShiftMark } from '../rules/happened.ts';
import type { ListSaying, Subject } from '../rules/say.ts';

export interface NewSaying extends ListSaying {
  rootId: string;
  valueMinor: bigint;
  mark: ShiftMark | null;
}

/** One like those that are named, drawn by chance. */
export interface Drawn extends Subject {
  rootId: string;
  mark: ShiftMark | null;
}

interface Page {
  day: string;
  /** Who calls the lapsed; null where nobody is named. */
  callerId: string | null;
  /** What stands no longer, by id. */
  left: readonly string[];
  came: readonly NewSaying[];
  drawn: readonly Drawn[];
}

/** The statements of what changed on the lists of some accounts. */
export function writePage(ctx: Context, { day, callerId, left, came, drawn }: Page): Statement[] {
  const named = came.map((one) => ({ ...one, id: newId() }));
  const calls = callerId === null ? [] : named.filter(({ list }) => list === 'lapsed');
  const promises = [...named.map((one) => ({ ...one, sayingId: one.id })), ...drawn.map(withoutSaying)];
  return [
    ...(left.length === 0 ? [] : [leaving(day, left)]),
    ...(named.length === 0
      ? []
      : [
          statement(
            `INSERT INTO attention_sayings (id, list, root_id, department_id, said_on, reasons, value_minor, assigned_to)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ?, value ->> 4, CAST(value ->> 5 AS INTEGER), value ->> 6
             FROM json_each(?)`,
            day,
            JSON.stringify(
              named.map((one) => [
                ...[one.id, one.list, one.rootId, one.departmentId, JSON.stringify(one.reasons)],
                String(one.valueMinor),
                one.list === 'lapsed' ? callerId : null,
              ]),
            ),
          ),
        ]),
    ...(calls.length === 0 ? [] : [assigning(ctx, callerId, calls)]),
    ...(promises.length === 0 ? [] : [promising(day, promises)]),
  ];
}

const withoutSaying = (one: Drawn) => ({ ...one, sayingId: null });

const leaving = (day: string, ids: readonly string[]): Statement =>
  statement(
    'UPDATE attention_sayings SET left_on = ? WHERE id IN (SELECT value FROM json_each(?))',
    day,
    JSON.stringify(ids),
  );

function assigning(ctx: Context, callerId: string | null, calls: readonly { id: string }[]): Statement {
  return statement(
    `INSERT INTO attention_acts (id, saying_id, kind, staff_id, at, actor)
     SELECT value ->> 0, value ->> 1, 'assigned', ?, ?, ? FROM json_each(?)`,
    ...[callerId, ctx.now(), actorName(ctx.actor)],
    JSON.stringify(calls.map(({ id }) => [newId(), id])),
  );
}

function promising(day: string, promises: readonly (Drawn & { sayingId: string | null })[]): Statement {
  return statement(
    `INSERT OR IGNORE INTO attention_promises (id, list, root_id, department_id, saying_id, said_on, due_on, mark_minor, is_below)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?, value ->> 5,
       CAST(value ->> 6 AS INTEGER), value ->> 7 FROM json_each(?)`,
    day,
    JSON.stringify(
      promises.map(({ list, rootId, departmentId, sayingId, mark }) => [
        ...[newId(), list, rootId, departmentId, sayingId, addDays(day, horizonDays[list])],
        ...(mark === null ? [null, null] : [String(mark.minor), mark.isBelow ? 1 : 0]),
      ]),
    ),
  );
}
