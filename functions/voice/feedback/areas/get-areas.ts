import { allow } from '../../../ground/platform/allow.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type PeriodAsked, readPeriod, type Stretch } from '../../../ground/platform/period.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { onlyOwn } from '../only-own.ts';
import { type Area, type AreaKind, inOrder } from './area.ts';
import { AREAS_MAX, countAreas, countPieces, LOOKED_MAX, listUntied } from './queries.ts';

export { LOOKED_MAX };

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
 * @throws {AppError} `forbidden`, `scope_missing`
 */
export async function getAreas(
  ctx: Context,
  { by, ...asked }: PeriodAsked & { by: AreaKind },
): Promise<ProblemAreas> {
  allow(ctx.actor, 'feedback:read');
  const { timeZone } = await getBusiness(ctx);
  const isNamed = asked.period !== '' || asked.since !== '';
  const period = readPeriod(isNamed ? asked : { ...asked, period: 'quarter' }, dayOf(ctx.now(), timeZone));
  const { since, until, before } = period;
  const from = startOfDay(since, timeZone);
  const startAfter = (day: string) => startOfDay(addDays(day, 1), timeZone);
  const span = {
    ...{ from, to: startAfter(until) },
    ...{ before: startOfDay(before.since, timeZone), beforeTo: startAfter(before.until) },
  };
  const onlyId = by === 'person' ? onlyOwn(ctx.actor) : null;
  const [counted, [pieces], untied] = await Promise.all([
    countAreas(ctx.db, by, span, onlyId),
    countPieces(ctx.db, by, span),
    by === 'person' && onlyId === null ? listUntied(ctx.db, span) : [],
  ]);
  const items = counted.flatMap(({ isExplained, ...area }) => (isExplained ? [area] : []));
  return {
    ...{ by, since, until, before, untied },
    items: inOrder(items),
    isCut: counted.length === AREAS_MAX,
    isPartial: pieces?.count === LOOKED_MAX,
    unexplained: counted.find(({ isExplained }) => !isExplained)?.troubles ?? 0,
  };
}
