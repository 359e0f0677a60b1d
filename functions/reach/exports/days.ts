import type { Days } from '../../ground/formats/table.ts';
import { isDay, startOfDay } from '../../ground/platform/business-time.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';

/** The same as instants, `from` inclusive and `to` exclusive; open ends are out of reach of every instant. */
export interface DaySpan {
  from: number;
  to: number;
}

/** @throws {AppError} `validation_failed` when a day does not exist */
export function checkDays({ since, until }: Days): void {
  refuseFields([...dayErrors('since', since), ...dayErrors('until', until)]);
}

/** @throws {AppError} `validation_failed` when a day does not exist */
export function spanOf(days: Days, timeZone: string): DaySpan {
  checkDays(days);
  const { since, until } = days;
  return {
    from: since === null ? -FAR_MS : startOfDay(since, timeZone),
    to: until === null ? FAR_MS : startOfDay(until, timeZone),
  };
}

/** A moment as exports write it: the bare day it was told as, or else ISO 8601 in UTC. */
export function momentText(at: number, day: string | null): string {
  return day ?? new Date(at).toISOString().replace('.000Z', 'Z');
}

const FAR_MS = 8_640_000_000_000_000;

function dayErrors(path: string, day: string | null): FieldError[] {
  if (day === null || isDay(day)) return [];
  return [{ path, code: 'invalid_date', message: 'has to be a date such as 2026-03-01' }];
}
