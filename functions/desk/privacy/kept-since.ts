import { addMonths, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import type { KeptMonths } from '../../ground/settings/kept-for.ts';

/** What is older than this is over; null where nothing ever is. */
export function keptSince(months: KeptMonths, now: number, timeZone: string): number | null {
  if (months === 'always') return null;
  return startOfDay(addMonths(dayOf(now, timeZone), -Number(months)), timeZone);
}
