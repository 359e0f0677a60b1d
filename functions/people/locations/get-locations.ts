import { parseWeek } from '../../ground/platform/business-hours.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { businessHours, policyOf } from '../../money/business/policies.ts';
import { type Location, parseSpans, type SpecialDay } from './location.ts';
import { DAYS_AHEAD, type OpenState, openState } from './open-state.ts';
import { listLocationRows, listSpecialDays } from './queries.ts';

/** A location as it is at this moment. */
export interface LocationNow extends Omit<Location, 'id'> {
  /** Null for the business itself, where no location is kept. */
  id: string | null;
  /** Null for hours by arrangement. */
  state: OpenState | null;
  /** Special days of the weeks to come, today's among them. */
  special: SpecialDay[];
}

/** Where the business is found, by name, and whether it is open now; anybody may ask. Where none is kept: its own address, phone and hours. */
export async function getLocations(ctx: Context): Promise<LocationNow[]> {
  const business = await getBusiness(ctx);
  const { timeZone } = business;
  const today = dayOf(ctx.now(), timeZone);
  const [kept, days] = await Promise.all([
    listLocationRows(ctx.db),
    listSpecialDays(ctx.db, { from: today }),
  ]);
  const soon = days.filter(({ day }) => day <= addDays(today, DAYS_AHEAD));
  const shown: readonly Omit<LocationNow, 'state' | 'special'>[] =
    kept.length > 0 ? kept : [ownLocation(business)];
  return shown.map((location) => {
    const special = specialOf(soon, location.id);
    return { ...location, state: stateOf(location.hours, special, { timeZone, now: ctx.now() }), special };
  });
}

function ownLocation(business: Business): Omit<LocationNow, 'state' | 'special'> {
  const { name, contact } = business.identity;
  return {
    ...{ id: null, name, address: contact.address, phone: contact.phone, mapUrl: null, directions: {} },
    hours: policyOf(business, businessHours),
  };
}

/** A day of its own stands before that of all. */
function specialOf(days: readonly SpecialDay[], id: string | null): SpecialDay[] {
  const byDay = new Map<string, SpecialDay>();
  for (const one of days) if (one.locationId === null || one.locationId === id) byDay.set(one.day, one);
  return [...byDay.values()];
}

function stateOf(
  hours: string,
  days: readonly SpecialDay[],
  { timeZone, now }: { timeZone: string; now: number },
): OpenState | null {
  const week = hours === '' ? null : parseWeek(hours);
  if (week === null) return null;
  const special = new Map(days.map((one) => [one.day, parseSpans(one.hours) ?? []]));
  return openState({ week, special, timeZone }, now);
}
