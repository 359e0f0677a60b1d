import { isDay } from './calendar.ts';
import { wrongField } from './parse-input.ts';
import { DAYS_MAX, lengthOf, type PeriodAsked, type Stretch } from './period.ts';

/**
 * The days that a program asks for, exactly these; up to today, and from the first of the month of the last one, where it leaves
 * them empty.
 * @throws {AppError} `validation_failed` for what are no days, stand the wrong way round or are more than three years
 */
export function daysAsked(asked: Pick<PeriodAsked, 'since' | 'until'>, today: string): Stretch {
  const until = asked.until || today;
  const since = asked.since || `${until.slice(0, -2)}01`;
  for (const [path, day] of Object.entries({ until, since }))
    if (!isDay(day)) throw wrongField(path, 'invalid_date', 'has to be a date such as 2026-03-05');
  if (since > until) throw wrongField('since', 'after_until', 'has to be no later than the last day');
  if (lengthOf({ since, until }) > DAYS_MAX)
    throw wrongField('since', 'too_long_ago', `has to be at most ${DAYS_MAX} days before the last day`);
  return { since, until };
}
