import { allow } from '../../../ground/platform/allow.ts';
import { daysAsked } from '../../../ground/platform/asked-days.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { isDay } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import {
  type PeriodAsked,
  readPeriod,
  type ShownPeriod,
  type Stretch,
} from '../../../ground/platform/period.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { onlyOwn } from '../only-own.ts';
import { type Area, type AreaKind, inOrder } from './area.ts';
import { AREAS_MAX, countAreas, countPieces, countUnexplained, LOOKED_MAX, listUntied } from './queries.ts';

export { LOOKED_MAX };

interface AreasAsked extends PeriodAsked {
  /** Days that cannot be are refused, instead of meaning the month. */
  isExact?: boolean;
}

export interface ProblemAreas {
  by: AreaKind;
  /** Business days, the first and the last. */
  since: string;
  until: string;
  before: Stretch;
  items: Area[];
  /** Whether there are more than the hundred with the most trouble. */
  isCut: boolean;
  /** Whether only the newest pieces were counted. */
  isPartial: boolean;
  /** Of processes: troubles without a cause. */
  unexplained: number;
  /** Of persons: names that nobody is known by. */
  untied: { name: string; told: number }[];
}

/**
 * Where trouble comes from: by process, by the person who served, by product, or by the place elsewhere where it was said; in the
 * quarter, unless the period says otherwise. An agent reads of no other person.
 * @throws {AppError} `forbidden`, `scope_missing`, `validation_failed` as `daysAsked`, of exact days
 */
export async function getAreas(
  ctx: Context,
  { by, ...asked }: AreasAsked & { by: AreaKind },
): Promise<ProblemAreas> {
  allow(ctx.actor, 'feedback:read');
  const { timeZone } = await getBusiness(ctx);
  const period = periodOf(asked, dayOf(ctx.now(), timeZone));
  const { since, until, before } = period;
  const from = startOfDay(since, timeZone);
  const startAfter = (day: string) => startOfDay(addDays(day, 1), timeZone);
  const span = {
    ...{ from, to: startAfter(until) },
    ...{ before: startOfDay(before.since, timeZone), beforeTo: startAfter(before.until) },
  };
  const onlyId = by === 'person' ? onlyOwn(ctx.actor) : null;
  const [counted, [pieces], [unexplained], untied] = await Promise.all([
    countAreas(ctx.db, by, span, onlyId),
    countPieces(ctx.db, by, { ...span, onlyId }),
    by === 'process' ? countUnexplained(ctx.db, span) : [],
    by === 'person' && onlyId === null ? listUntied(ctx.db, span) : [],
  ]);
  return {
    ...{ by, since, until, before, untied },
    items: inOrder(counted.slice(0, AREAS_MAX)),
    isCut: counted.length > AREAS_MAX,
    isPartial: pieces?.count === LOOKED_MAX,
    unexplained: unexplained?.count ?? 0,
  };
}

/** The quarter where no first day is named: up to the last one, else up to today. */
function periodOf(asked: AreasAsked, today: string): ShownPeriod {
  if (asked.since !== '' && asked.isExact) daysAsked(asked, today);
  if (asked.since !== '' || (asked.period !== '' && asked.period !== 'days')) return readPeriod(asked, today);
  const last = isDay(asked.until) ? asked.until : today;
  return readPeriod({ period: 'quarter', since: '', until: '' }, last);
}
