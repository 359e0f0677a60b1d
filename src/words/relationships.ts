import type { Formats } from '../../functions/ground/formats/format.ts';
import type { RelationshipLevel } from '../../functions/insight/facts/level.ts';
import type { BusinessShape } from '../../functions/insight/facts/shape.ts';
import type { LevelsView } from '../../functions/insight/levels/get-levels.ts';
import type { Pin } from '../../functions/insight/levels/list-key-accounts.ts';
import type { RelatedAsked } from '../../functions/insight/levels/list-related.ts';
import type { Move } from '../../functions/insight/levels/moves.ts';
import type { NamedAccount } from '../../functions/money/accounts/name-accounts.ts';
import type { Messages } from '../locale.ts';
import { groupWords, levelWords } from './habits.ts';

/** The page of the console about an account: of whose own it is, or of the company or household. */
export const accountHref = ({ id, customerId }: Pick<NamedAccount, 'id' | 'customerId'>) =>
  customerId === null ? `/console/accounts/${id}` : `/console/customers/${customerId}`;

export const shapeWords = (t: Messages, shape: BusinessShape) => t[`relations_shape_${shape}`]();

/** What makes the shape, so that a reader may check it by the counts. */
export const shapeReason = (t: Messages, shape: BusinessShape) => t[`relations_why_${shape}`]();

export const pinWords = (t: Messages, pin: Pin, { day }: Formats) =>
  pin.by === null
    ? t.customers_pinned_since({ date: day(pin.at) })
    : t.customers_pinned_by({ date: day(pin.at), name: pin.by });

const fromWords = (t: Messages, level: RelationshipLevel | null) =>
  level === null ? t.relations_from_none() : levelWords(t, level);

export const moveWords = (t: Messages, { from, to }: Move) =>
  t.relations_move({ from: fromWords(t, from), to: levelWords(t, to) });

/** What brought a level to an account. */
export function causeWords(t: Messages, cause: string | null): string {
  if (cause === 'friend') return t.relations_cause_friend();
  if (cause === 'quote') return t.relations_cause_quote();
  if (cause === 'recommendation') return t.relations_cause_recommendation();
  if (cause === 'ended') return t.relations_cause_ended();
  return cause === null ? '' : t.relations_cause_order();
}

/** `2026-03` as people say it. */
export const monthWords = (month: string, { month: write }: Formats) =>
  write(Date.parse(`${month}-15T12:00:00Z`));

/** The heading of a list behind a figure. */
export function relatedTitle(t: Messages, asked: RelatedAsked, formats: Formats): string {
  if (asked.by === 'group') return t.relations_list_group({ group: groupWords(t, asked.group) });
  const month = monthWords(asked.month, formats);
  return asked.by === 'level'
    ? t.relations_list_level({ level: levelWords(t, asked.level), month })
    : t.relations_list_move({ move: moveWords(t, asked.move), month });
}

/** Shares of a whole in basis points; none of nothing. */
export const shareOf = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((part * 10_000) / whole);

/** How the month changed a level: what came to it less what left it. */
export const grownBy = (
  { counts, before }: Pick<LevelsView, 'counts' | 'before'>,
  level: RelationshipLevel,
) => counts[level] - before[level];
