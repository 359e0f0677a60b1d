import { insertInto } from '../../../db/query.ts';
import { hospitalityEntries } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findStaffByEmail } from '../../people/staff/find-staff.ts';
import { limitsPassed } from './limits.ts';
import { findReceiver } from './queries.ts';
import { type HospitalityAnswer, type RecordInput, recordInput } from './schema.ts';
import { hadInYear, limitsOf } from './terms.ts';
import { type HospitalityEntry, toAnswer, toEntry } from './to-entry.ts';

export const insertEntry = insertInto(hospitalityEntries);

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
  if (receiver === undefined || receiver.rootId === null)
    throw new AppError('not_found', 'There is no such customer.');
  const { currency, ...limits } = limitsOf(business);
  if (giver === undefined || giver.disabledAt !== null)
    throw wrongField('giver', 'unknown', 'is nobody who works here');
  if (told.worth.currency !== currency)
    throw wrongField('worth.currency', 'other_currency', `has to be ${currency}`);
  const day = told.day ?? dayOf(ctx.now(), business.timeZone);
  const id = newId();
  return writeHistory(ctx, receiver.rootId, async (seen) => {
    const had = await hadInYear(seen.db.fresh, { customerIds: [receiver.id], day, currency });
    const worthMinor = BigInt(told.worth.amount);
    const yearBeforeMinor = had(receiver.id);
    const needsApproval = limitsPassed(limits, { worthMinor, yearBeforeMinor }).length > 0;
    const row = {
      ...{ id, kind: told.kind, customerId: receiver.id, giverId: giver.id, purpose: told.purpose },
      ...{ worthMinor, currency, day, eventId: null, needsApproval, yearBeforeMinor },
      ...{ actLimitMinor: limits.actMinor, yearLimitMinor: limits.yearMinor },
      ...{ at: ctx.now(), actor: actorName(ctx.actor) },
    };
    const entry = toEntry({ ...row, ...undecided, customer: receiver.name, giver: giver.email });
    return {
      rows: [insertEntry(row)],
      history: { kind: 'hospitality_recorded', detail: { entry: id, kind: told.kind } },
      audit: {
        kind: 'hospitality.recorded',
        subjectKind: 'customer',
        subjectId: receiver.id,
        detail: { entry: id, amount: worthMinor },
      },
      beside: options.alongside?.(toAnswer(entry), 201) ?? [],
      result: entry,
    };
  });
}

const undecided = {
  ...{ decision: null, decisionReason: null, decidedAt: null, decidedBy: null },
  ...{ withdrawnAt: null, withdrawnReason: null },
};

/** Whether an actor is who gave it or wrote it down, who does not decide on it. */
export function isOwnEntry(ctx: Pick<Context, 'actor'>, entry: { actor: string; giverId: string }): boolean {
  const name = actorName(ctx.actor);
  return entry.actor === name || name === `staff:${entry.giverId}`;
}
