import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { customerDays } from '../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { yearOf } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { identifier, issue } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { isBirthday } from '../../people/joining/questions.ts';
import { listDays } from './queries.ts';

const insertDay = insertInto(customerDays);

/** So many days of their own one customer has at the most. */
const DAYS_MAX = 12;
const NAME_LENGTH_MAX = 80;

/** A day of somebody's own. */
export interface OwnDay {
  id: string;
  name: string;
  /** `MM-DD`. */
  day: string;
  year: number | null;
}

const input = z.strictObject({
  customerId: z.string().max(64),
  name: identifier(NAME_LENGTH_MAX),
  day: z.string().superRefine((text, context) => {
    if (!isBirthday(text)) context.addIssue(issue('invalid_date', 'has to be a day of a month'));
  }),
  year: z.int().min(1900).nullable(),
});

/** None to analysts, as what else people told about themselves. @throws {AppError} `not_found` for somebody else's, `forbidden`, `scope_missing` */
export async function listOwnDays(ctx: Context, { customerId }: { customerId: string }): Promise<OwnDay[]> {
  allowFor(ctx, customerId, 'customers:read');
  if (!mayReadPrivate(ctx.actor)) return [];
  return listDays(ctx.db, { customerId });
}

/**
 * Keeps a day of a customer's own that comes round each year, told by themselves or by staff; at most twelve. The same day under
 * the same name is one.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `scope_missing`
 */
export async function addOwnDay(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  const { customerId, ...told } = parseInput(input, typed);
  allowFor(ctx, customerId, 'customers:write');
  const { timeZone } = await getBusiness(ctx);
  if (told.year !== null && told.year > yearOf(dayOf(ctx.now(), timeZone)))
    throw wrongField('year', 'too_far', 'has to be this year or before');
  await writeFor(ctx, customerId, async (seen) => {
    const kept = await listDays(seen.db.fresh, { customerId });
    if (kept.some(({ name, day, year }) => name === told.name && day === told.day && year === told.year))
      return null;
    if (kept.length >= DAYS_MAX) throw wrongField('name', 'too_many', `are ${DAYS_MAX} at the most`);
    const id = newId();
    const done = { at: ctx.now(), actor: actorName(ctx.actor) };
    return { kind: 'own_day_added', id, rows: [insertDay({ id, customerId, ...told, ...done })] };
  });
}

/** It is no day of theirs any more. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function endOwnDay(
  ctx: Context,
  { customerId, id }: { customerId: string; id: string },
): Promise<void> {
  allowFor(ctx, customerId, 'customers:write');
  await writeFor(ctx, customerId, async (seen) => {
    const kept = await listDays(seen.db.fresh, { customerId });
    if (!kept.some((one) => one.id === id)) return null;
    const ended = 'UPDATE customer_days SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL';
    return { kind: 'own_day_ended', id, rows: [statement(ended, ctx.now(), actorName(ctx.actor), id)] };
  });
}

interface DayAct extends Pick<Decision, 'rows'> {
  kind: 'own_day_added' | 'own_day_ended';
  id: string;
}

/** In the history of the customer's first account, which is the lock. */
async function writeFor(
  ctx: Context,
  customerId: string,
  decide: (seen: Context) => Promise<DayAct | null>,
): Promise<void> {
  const [own] = await listPlaces(ctx.db.fresh, customerId);
  if (own === undefined) throw new AppError('not_found', 'There is no such customer.');
  await writeHistory(ctx, own.rootId, async (seen) => {
    const act = await decide(seen);
    if (act === null) return unchanged;
    const { kind, id, rows = [] } = act;
    return {
      history: { kind, detail: { day: id } },
      rows,
      audit:
        ctx.actor.kind === 'customer'
          ? null
          : {
              kind: kind === 'own_day_added' ? 'own-day.added' : 'own-day.ended',
              subjectKind: 'customer',
              subjectId: customerId,
            },
    };
  });
}

function allowFor({ actor }: Context, customerId: string, scope: 'customers:read' | 'customers:write'): void {
  if (actor.kind === 'customer' && actor.id === customerId) return;
  if (actor.kind === 'customer' || actor.kind === 'anonymous')
    throw new AppError('not_found', 'There is no such customer.');
  allow(actor, scope);
}
