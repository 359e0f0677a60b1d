import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import type { Location } from './location.ts';
import { listLocationRows } from './queries.ts';
import { type SetLocationInput, setLocationInput } from './schema.ts';
import { writtenIn } from './written-in.ts';

const LOCATIONS_MAX = 500;

/**
 * Keeps where customers find the business; no `id` adds a location. The same again changes nothing.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `scope_missing`
 */
export async function setLocation(
  ctx: Context,
  typed: SetLocationInput,
  options: Alongside<{ id: string }> = {},
): Promise<{ id: string }> {
  allow(ctx.actor, 'settings:write');
  const { id: named, ...told } = parseInput(setLocationInput, typed);
  const location: Location = { ...told, id: named ?? newId(), directions: writtenIn(told.directions) };
  return retrying(ctx, { subject: 'location' }, async () => {
    const rows = await listLocationRows(ctx.db.fresh);
    const before = rows.find(({ id }) => id === location.id) ?? null;
    if (named !== null && before === null) throw noLocation();
    if (before === null && rows.length >= LOCATIONS_MAX)
      throw wrongField('name', 'too_many', `has ${LOCATIONS_MAX} others beside it`);
    const answer = { id: location.id };
    const isSame = before !== null && textOf(before) === textOf(location);
    await writeDecision(ctx, {
      rows: isSame ? [] : [keepLocation(ctx, location, before)],
      audit: isSame
        ? null
        : {
            kind: 'location.set',
            ...{ subjectKind: 'location', subjectId: location.id },
            detail: { ...(before === null ? {} : { before: textOf(before) }), after: textOf(location) },
          },
      beside: options.alongside?.(answer, 200) ?? [],
    });
    return answer;
  });
}

const removal = z.strictObject({ id: z.string().max(100) });

/** Takes a location away, and the special days that are its own. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function removeLocation(ctx: Context, typed: z.input<typeof removal>): Promise<void> {
  allow(ctx.actor, 'settings:write');
  const { id } = parseInput(removal, typed);
  const before = (await listLocationRows(ctx.db.fresh)).find((row) => row.id === id);
  if (before === undefined) throw noLocation();
  await writeDecision(ctx, {
    rows: [
      statement('DELETE FROM special_days WHERE location_id = ?', id),
      statement('DELETE FROM locations WHERE id = ?', id),
    ],
    audit: {
      kind: 'location.removed',
      ...{ subjectKind: 'location', subjectId: id },
      detail: { before: textOf(before) },
    },
  });
}

const noLocation = () => new AppError('not_found', 'There is no such location.');

/** A location that was taken away meanwhile stays away: nothing is inserted in place of a change. */
function keepLocation(ctx: Context, location: Location, before: Location | null): Statement {
  const { id, name, address, phone, hours, mapUrl, directions } = location;
  const values = [
    name,
    address,
    phone,
    hours,
    mapUrl,
    JSON.stringify(directions),
    ctx.now(),
    actorName(ctx.actor),
  ];
  return before === null
    ? statement(
        `INSERT INTO locations (name, address, phone, hours, map_url, directions, at, actor, id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...values,
        id,
      )
    : statement(
        `UPDATE locations SET name = ?, address = ?, phone = ?, hours = ?, map_url = ?, directions = ?, at = ?, actor = ?
         WHERE id = ?`,
        ...values,
        id,
      );
}

/** A location as the log tells it. */
function textOf({ name, address, phone, hours, mapUrl, directions }: Location): string {
  return [name, address, phone, hours, mapUrl, ...Object.values(directions)].filter(Boolean).join(' · ');
}
