/** Business time of the properties, told by `Intl` alone: London, whose clock is at UTC or an hour ahead. */

export const TIME_ZONE = 'Europe/London';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIME_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

export function dayAt(ms: number): string {
  return clock.format(ms).slice(0, 10);
}

/** The first instant of a day. */
export function midnight(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  return dayAt(utc - HOUR_MS) === day ? utc - HOUR_MS : utc;
}

/** The same time of the clock `days` later; of a time that comes twice the first, a skipped one an hour on. */
export function daysLater(ms: number, days: number): number {
  if (days === 0) return ms;
  const wall = wallOf(ms) + days * DAY_MS;
  return wallOf(wall - HOUR_MS) === wall ? wall - HOUR_MS : wall;
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

/** The first of the month `months` after the month of a day. */
export function monthLater(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The anniversary of a day in another year; 29 February falls on 1 March in common years. */
export function anniversary(day: string, year: number): string {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

function wallOf(ms: number): number {
  const whole = Math.floor(ms / 1000) * 1000;
  return Date.parse(`${clock.format(whole).replace(' ', 'T')}Z`) + (ms - whole);
}
