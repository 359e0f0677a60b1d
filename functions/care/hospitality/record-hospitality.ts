import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findStaffByEmail } from '../../people/staff/find-staff.ts';
import { findReceiver } from './queries.ts';
import { type HospitalityAnswer, type RecordInput, recordInput } from './schema.ts';
import { limitsOf } from './terms.ts';
import type { HospitalityEntry } from './to-entry.ts';
import { writeEntry } from './write-entry.ts';

/** What is written down is of a day so long ago at most, or so far ahead, so that no limit is passed by the choice of a year. */
const DAYS_BACK = 366;
const DAYS_AHEAD = 92;

/**
 * Writes a gift to a customer, or their entertainment, into the register. Within the limits it stands; over one it waits for a
 * second person, and is not to be given before.
 * @throws {AppError} `not_found`, `currency_not_set`, `validation_failed`, `forbidden`
 */
export async function recordHospitality(
  ctx: Context,
  input: RecordInput,
  options: Alongside<HospitalityAnswer> = {},
): Promise<HospitalityEntry> {
  allow(ctx.actor, 'contacts:write');
  const told = parseInput(recordInput, input);
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const [[receiver], [giver]] = await Promise.all([
    findReceiver(db, { id: told.customer }),
    findStaffByEmail(db, { email: told.giver }),
  ]);
  const rootId = receiver?.rootId ?? null;
  if (receiver === undefined || rootId === null)
    throw new AppError('not_found', 'There is no such customer.');
  const limits = limitsOf(business);
  const { currency } = limits;
  if (giver === undefined || giver.disabledAt !== null)
    throw wrongField('giver', 'unknown', 'is nobody who works here');
  if (told.worth.currency !== currency)
    throw wrongField('worth.currency', 'other_currency', `has to be ${currency}`);
  const today = dayOf(ctx.now(), business.timeZone);
  const day = told.day ?? today;
  if (day < addDays(today, -DAYS_BACK) || day > addDays(today, DAYS_AHEAD))
    throw wrongField('day', 'out_of_range', 'has to be a day of the last year or of the next three months');
  const { kind, purpose } = told;
  const entry = { kind, purpose, worthMinor: BigInt(told.worth.amount), day, eventId: null };
  return writeEntry(ctx, entry, { receiver: { ...receiver, rootId }, giver, limits }, options);
}
