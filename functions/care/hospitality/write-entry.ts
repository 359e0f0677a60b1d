import { insertInto } from '../../../db/query.ts';
import { hospitalityEntries } from '../../../db/schema/index.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { type Limits, limitsPassed } from './limits.ts';
import type { HospitalityAnswer } from './schema.ts';
import { hadInYear } from './terms.ts';
import { type HospitalityEntry, toAnswer, toEntry } from './to-entry.ts';

const insertEntry = insertInto(hospitalityEntries);

/** What somebody was given, or is to be. */
export interface Hospitality {
  kind: 'gift' | 'entertainment' | 'event';
  purpose: string;
  worthMinor: bigint;
  day: string;
  eventId: string | null;
}

/** Who gives it to whom, and what they may have. */
export interface EntryAbout {
  receiver: { id: string; name: string | null; rootId: string };
  giver: { id: string; email: string };
  limits: Limits & { currency: string };
}

/**
 * Writes one entry under the lock of the receiver's account, with the limits and the sum of its year at that moment.
 * @throws {StoreConflict} on `hospitality_entries.event_id` for who is in the register for that event
 */
export function writeEntry(
  ctx: Context,
  entry: Hospitality,
  about: EntryAbout,
  options: Alongside<HospitalityAnswer> = {},
): Promise<HospitalityEntry> {
  const { receiver, giver, limits } = about;
  const { currency } = limits;
  const { kind, worthMinor, day } = entry;
  const id = newId();
  return writeHistory(ctx, receiver.rootId, async (seen) => {
    const had = await hadInYear(seen.db.fresh, { customerIds: [receiver.id], day, currency });
    const yearBeforeMinor = had(receiver.id);
    const row = {
      ...{ ...entry, id, customerId: receiver.id, giverId: giver.id, currency, yearBeforeMinor },
      ...{ actLimitMinor: limits.actMinor, yearLimitMinor: limits.yearMinor },
      needsApproval: limitsPassed(limits, { worthMinor, yearBeforeMinor }).length > 0,
      ...{ at: ctx.now(), actor: actorName(ctx.actor) },
    };
    const written = toEntry({ ...row, ...undecided, customer: receiver.name, giver: giver.email });
    return {
      rows: [insertEntry(row)],
      history: { kind: 'hospitality_recorded', detail: { entry: id, kind } },
      audit: {
        kind: 'hospitality.recorded',
        subjectKind: 'customer',
        subjectId: receiver.id,
        detail: { entry: id, amount: worthMinor },
      },
      beside: options.alongside?.(toAnswer(written), 201) ?? [],
      result: written,
    };
  });
}

const undecided = {
  ...{ decision: null, decisionReason: null, decidedAt: null, decidedBy: null, isAlone: false },
  ...{ withdrawnAt: null, withdrawnBy: null, withdrawnReason: null },
};
