/** The lists that act, in the order in which the console shows them. */
export const attentionLists = [
  'walks_away',
  'lapsed',
  'reorders_soon',
  'praises',
  'shifts',
  'dormant_departments',
] as const;
export type AttentionList = (typeof attentionLists)[number];

/** Within how many days, the day it was said not among them, what a list says has to happen. */
export const horizonDays: Readonly<Record<AttentionList, number>> = {
  walks_away: 90,
  lapsed: 90,
  reorders_soon: 14,
  praises: 90,
  shifts: 90,
  dormant_departments: 90,
};

/** What became of one that somebody acted on. */
export const outcomes = ['won_back', 'bought', 'thanked', 'not_reached', 'lost', 'wrong', 'other'] as const;
export type AttentionOutcome = (typeof outcomes)[number];
