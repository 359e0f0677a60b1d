import { instantOfLocal, isTimeZone } from '../../../ground/platform/business-time.ts';

/**
 * A day and a time of the clock in the zone that a file names (`PDT`, `CET`, `Europe/Berlin`), as ISO 8601. Where the zone
 * is not known it is a time of the business's own clock; without a time, the day.
 */
export function zonedTime({ day, time, zone }: { day: string; time: string; zone: string }): string {
  const clock = time.trim();
  if (!/^\d{1,2}:\d{2}(:\d{2})?$/.test(clock)) return day;
  const local = `${day}T${clock.padStart(clock.length + (clock.indexOf(':') === 1 ? 1 : 0), '0')}`;
  const name = zone.trim();
  const offset = offsets.get(name.toUpperCase());
  if (offset !== undefined) return `${local}${offset}`;
  if (!name.includes('/') || !isTimeZone(name) || Number.isNaN(Date.parse(`${local}Z`))) return local;
  return new Date(instantOfLocal(local, name)).toISOString();
}

const offsets = new Map([
  ['UTC', 'Z'],
  ['GMT', 'Z'],
  ['WET', 'Z'],
  ['BST', '+01:00'],
  ['WEST', '+01:00'],
  ['CET', '+01:00'],
  ['CEST', '+02:00'],
  ['EET', '+02:00'],
  ['EEST', '+03:00'],
  ['MSK', '+03:00'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
  ['AKST', '-09:00'],
  ['AKDT', '-08:00'],
  ['HST', '-10:00'],
  ['JST', '+09:00'],
  ['AWST', '+08:00'],
  ['AEST', '+10:00'],
  ['AEDT', '+11:00'],
  ['NZST', '+12:00'],
  ['NZDT', '+13:00'],
]);
