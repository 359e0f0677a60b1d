import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Facts } from '../../functions/insight/facts/get-facts.ts';
import { type ConversationGroup, PREMIUM_DAYS_MIN } from '../../functions/insight/facts/group.ts';
import type { RelationshipLevel } from '../../functions/insight/facts/level.ts';
import type { Messages } from '../locale.ts';

export const levelWords = (t: Messages, level: RelationshipLevel) => t[`habits_level_${level}`]();

export const groupWords = (t: Messages, group: ConversationGroup) => t[`habits_group_${group}`]();

/** Why an account has its level: what it was seen by. */
export function levelReasons(
  t: Messages,
  { level, praised, orderCount }: Facts,
  { date, number }: Formats,
): string[] {
  if (level === null) return [t.habits_why_none()];
  if (level.level !== 'advocate') return [t.habits_why_orders({ n: orderCount, shown: number(orderCount) })];
  return level.praises.map((kind) => t[`habits_why_${kind}`]({ date: date(praised[kind] ?? '') }));
}

/** Why an account is in its group. */
export function groupReasons(t: Messages, facts: Facts, { money }: Formats): string[] {
  const { group, currency, premiumFromMinor } = facts;
  if (group.by === 'club') return [t.habits_why_club()];
  if (group.group === 'enquirer') return [t.habits_why_enquirer()];
  if (premiumFromMinor === null || currency === null) return [t.habits_why_no_premium()];
  const terms = { amount: money({ minor: premiumFromMinor, currency }), days: PREMIUM_DAYS_MIN };
  return [group.by === 'spend' ? t.habits_why_spend(terms) : t.habits_why_buyer(terms)];
}
