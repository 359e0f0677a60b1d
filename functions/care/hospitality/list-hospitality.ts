import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays, dateText, yearOf } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listDeciders } from '../../people/staff/list-deciders.ts';
import { type DecidesAs, decidesAs } from './decides-as.ts';
import type { Limits } from './limits.ts';
import { listEntries, listEntriesOf, listWaiting } from './queries.ts';
import { hadInYear, limitsOf } from './terms.ts';
import { type HospitalityEntry, toShown } from './to-entry.ts';

const ENTRIES_A_PAGE = 50;

/** The register of some days, both included; this year's unless told otherwise. */
export interface RegisterAsked {
  since?: string | null;
  until?: string | null;
  cursor?: string | null;
}

/** Entries of the register, the newest day first. @throws {AppError} `validation_failed` for a wrong cursor, `forbidden` */
export async function listHospitality(
  ctx: Context,
  { since = null, until = null, cursor = null }: RegisterAsked,
  pageSize: number = ENTRIES_A_PAGE,
): Promise<{ since: string; until: string; items: HospitalityEntry[]; nextCursor: string | null }> {
  allow(ctx.actor, 'contacts:read');
  const { timeZone } = await getBusiness(ctx);
  const year = yearOf(dayOf(ctx.now(), timeZone));
  const from = since ?? dateText(year, 1, 1);
  const through = until ?? dateText(year, 12, 31);
  const place = z.tuple([z.string().max(10), z.string().max(100)]);
  const [day, id] = cursor === null ? [LAST, LAST] : decodeCursor(place, cursor);
  const rows = await listEntries(ctx.db, {
    ...{ since: from, until: addDays(through, 1), day, id, limit: pageSize + 1 },
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    ...{ since: from, until: through, items: page.map((row) => toShown(ctx, row)) },
    nextCursor: rows.length > pageSize && last !== undefined ? encodeCursor([last.day, last.id]) : null,
  };
}

/** Behind every day and id. */
const LAST = '~';

/** What waits to be decided; as whom who asks would decide on it, null for who may not. */
export interface UndecidedEntry extends HospitalityEntry {
  decidesAs: DecidesAs | null;
}

/** What waits for a second person, what was to be given first before. @throws {AppError} `forbidden` */
export async function listUndecided(ctx: Context): Promise<UndecidedEntry[]> {
  allow(ctx.actor, 'contacts:read');
  const [rows, deciders] = await Promise.all([listWaiting(ctx.db), listDeciders(ctx.db)]);
  const id = ctx.actor.kind === 'staff' ? ctx.actor.id : '';
  return rows.map((row) => ({ ...toShown(ctx, row), decidesAs: decidesAs(row, id, deciders) }));
}

/** What one customer had, with what they had this year beside the limits. @throws {AppError} `currency_not_set`, `forbidden` */
export async function getCustomerHospitality(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<{
  items: HospitalityEntry[];
  year: number;
  yearMinor: bigint;
  limits: Limits & { currency: string };
}> {
  allow(ctx.actor, 'contacts:read');
  const business = await getBusiness(ctx);
  const limits = limitsOf(business);
  const day = dayOf(ctx.now(), business.timeZone);
  const [rows, had] = await Promise.all([
    listEntriesOf(ctx.db, { customerId }),
    hadInYear(ctx.db, { customerIds: [customerId], day, currency: limits.currency }),
  ]);
  return {
    items: rows.map((row) => toShown(ctx, row)),
    year: yearOf(day),
    yearMinor: had(customerId),
    limits,
  };
}
