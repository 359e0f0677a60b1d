import { statement } from '../../../db/query.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { SpecialDay } from './location.ts';
import { listLocationRows, listSpecialDays } from './queries.ts';
import { type SetSpecialDayInput, setSpecialDayInput } from './schema.ts';
import { writtenIn } from './written-in.ts';

const DAYS_MAX = 1000;

/** Which day was set, or taken back. */
export interface SpecialDaySet {
  day: string;
  locationId: string | null;
}

/**
 * Says when a location, or all of them, is open on one day in place of its week; `isRemoved` takes that back. Days that are over
 * cannot be set. The same again changes nothing.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `scope_missing`
 */
export async function setSpecialDay(
  ctx: Context,
  typed: SetSpecialDayInput,
  options: Alongside<SpecialDaySet> = {},
): Promise<SpecialDaySet> {
  allow(ctx.actor, 'settings:write');
  const { isRemoved, ...told } = parseInput(setSpecialDayInput, typed);
  const { day, locationId, hours } = told;
  const names = writtenIn(told.names);
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  if (day < today) throw wrongField('day', 'invalid_date', 'has to be today or later');
  return retrying(ctx, { subject: 'special day' }, async () => {
    const [rows, days] = await Promise.all([
      listLocationRows(ctx.db.fresh),
      listSpecialDays(ctx.db.fresh, { from: today }),
    ]);
    if (locationId !== null && !rows.some(({ id }) => id === locationId))
      throw new AppError('not_found', 'There is no such location.');
    const before = days.find((one) => one.day === day && one.locationId === locationId) ?? null;
    if (!isRemoved && before === null && days.length >= DAYS_MAX)
      throw wrongField('day', 'too_many', `has ${DAYS_MAX} others beside it`);
    const after: SpecialDay | null = isRemoved ? null : { day, locationId, hours, names };
    const isSame = textOf(before) === textOf(after);
    const answer = { day, locationId };
    const place = locationId ?? '';
    await writeDecision(ctx, {
      rows: isSame
        ? []
        : after === null
          ? [statement('DELETE FROM special_days WHERE day = ? AND location_id = ?', day, place)]
          : [
              statement(
                `INSERT INTO special_days (day, location_id, hours, names, at, actor)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?2 = '' OR EXISTS (SELECT 1 FROM locations WHERE id = ?2)
                 ON CONFLICT (day, location_id) DO UPDATE SET hours = excluded.hours, names = excluded.names, at = excluded.at,
                   actor = excluded.actor`,
                ...[day, place, hours, JSON.stringify(names), ctx.now(), actorName(ctx.actor)],
              ),
            ],
      audit: isSame
        ? null
        : {
            kind: 'special-day.set',
            ...{ subjectKind: 'special_day', subjectId: locationId === null ? day : `${day} ${locationId}` },
            detail: {
              ...(before === null ? {} : { before: textOf(before) }),
              ...(after === null ? {} : { after: textOf(after) }),
            },
          },
      beside: options.alongside?.(answer, 200) ?? [],
    });
    return answer;
  });
}

/** A day as the log tells it; empty for none. */
function textOf(day: SpecialDay | null): string {
  return day === null ? '' : [day.hours || 'closed', ...Object.values(day.names)].join(' · ');
}
