import { type Span, spansOn, type Week } from '../../ground/platform/business-hours.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS, dayNumber } from '../../ground/platform/calendar.ts';

/** Whether somebody is there at a moment; `until` and `from` are instants, null where none comes within {@link DAYS_AHEAD} days. */
export type OpenState = { isOpen: true; until: number | null } | { isOpen: false; from: number | null };

export const DAYS_AHEAD = 60;

export interface Hours {
  week: Week;
  /** By day, in place of what the week says. */
  special: ReadonlyMap<string, readonly Span[]>;
  timeZone: string;
}

/** By the business's clock, summer time and holidays included; hours that go on at midnight are one. */
export function openState(hours: Hours, now: number): OpenState {
  const first = dayOf(now, hours.timeZone);
  let until: number | null = null;
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    for (const span of spansOfDay(hours, addDays(first, ahead))) {
      if (span.until <= now) continue;
      if (until === null) {
        if (span.from > now) return { isOpen: false, from: span.from };
        until = span.until;
      } else if (span.from === until) until = span.until;
      else return { isOpen: true, until };
    }
  }
  if (until === null) return { isOpen: false, from: null };
  const isEndless = until >= now + (DAYS_AHEAD - 1) * DAY_MS;
  return { isOpen: true, until: isEndless ? null : until };
}

function spansOfDay({ week, special, timeZone }: Hours, day: string) {
  return spansOn(day, special.get(day) ?? week[(dayNumber(day) + 4) % 7] ?? [], timeZone);
}
