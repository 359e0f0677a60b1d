import { addDays } from '../../ground/platform/calendar.ts';
import { type PraiseKind, type RelationshipLevel, YEAR_DAYS } from './level.ts';

/** What brought a level: an order, praise, or that the praise had become too old. */
export type LevelCause = 'order' | PraiseKind | 'ended';

/** Something that makes an advocate, on its business day. */
export interface Praise {
  kind: PraiseKind;
  day: string;
}

/** From the first day of praise on, until it would be too old; praise within it makes it longer. */
export interface PraiseSpan {
  from: string;
  until: string;
  kind: PraiseKind;
}

/** How far a relationship had come from one business day on, until another; the last has no end. */
export interface LevelSpan {
  from: string;
  until: string | null;
  level: RelationshipLevel;
  before: RelationshipLevel | null;
  cause: LevelCause;
}

const order: readonly PraiseKind[] = ['friend', 'quote', 'recommendation'];

/** Times in which somebody praised us within the 365 days before, oldest first; none touches the next. */
export function praiseSpans(praises: readonly Praise[]): PraiseSpan[] {
  const spans: PraiseSpan[] = [];
  const sorted = [...praises].sort(
    (a, b) => a.day.localeCompare(b.day) || order.indexOf(a.kind) - order.indexOf(b.kind),
  );
  for (const { day, kind } of sorted) {
    const last = spans.at(-1);
    const until = addDays(day, YEAR_DAYS);
    if (last !== undefined && day <= last.until) last.until = until;
    else spans.push({ from: day, until, kind });
  }
  return spans;
}

/**
 * Each level an account ever had, by the days of its first and second order and by when praise held: on every day, what
 * `levelOf` says of that day.
 */
export function levelSpans(
  { firstOn, secondOn }: { firstOn: string | null; secondOn: string | null },
  praised: readonly PraiseSpan[],
): LevelSpan[] {
  if (firstOn === null) return [];
  const turns = [firstOn, secondOn ?? firstOn, ...praised.flatMap(({ from, until }) => [from, until])];
  const spans: LevelSpan[] = [];
  for (const day of [...new Set(turns)].filter((turn) => turn >= firstOn).sort()) {
    const praise = praised.find(({ from, until }) => from <= day && day < until);
    const level = praise ? 'advocate' : secondOn !== null && day >= secondOn ? 'repeat' : 'first';
    const last = spans.at(-1);
    if (last?.level === level) continue;
    if (last !== undefined) last.until = day;
    const fallen = last?.level === 'advocate' ? 'ended' : 'order';
    spans.push({ from: day, until: null, level, before: last?.level ?? null, cause: praise?.kind ?? fallen });
  }
  return spans;
}
