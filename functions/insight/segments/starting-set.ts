import type { SegmentGroup, SegmentOperator, SegmentRule } from './definition.ts';

/** Questions that every business asks, offered until it has them; their ids are what they are called by. */
export const startingIds = [
  'new-this-month',
  'second-purchase-due',
  'big-baskets',
  'lapsed',
  'advocates-without-referral',
  'credit-about-to-lapse',
  'birthdays-next-week',
  'silent-departments',
  'open-troubles',
  'news-readers',
] as const;
export type StartingId = (typeof startingIds)[number];

/** `hundred` is a hundred of the currency, in minor units. */
export function startingSegment(id: StartingId, hundred: number): SegmentGroup {
  return { combinator: 'and', not: false, rules: rules(hundred)[id] };
}

function rules(hundred: number): Record<StartingId, SegmentRule[]> {
  const rule = (
    field: string,
    operator: SegmentOperator,
    value: SegmentRule['value'],
    days: number | null = null,
  ): SegmentRule => ({ field, operator, value, within: days === null ? null : { days }, where: {} });
  return {
    'new-this-month': [rule('orders.first', '<=', 30)],
    'second-purchase-due': [rule('orders.count', '=', 1), rule('orders.last', 'between', [21, 90])],
    'big-baskets': [rule('orders.mean', '>=', hundred)],
    lapsed: [rule('orders.last', '>', 180)],
    'advocates-without-referral': [rule('account.level', '=', 'advocate'), rule('referrals.count', '=', 0)],
    'credit-about-to-lapse': [rule('rewards.lapsing', '>', 0, 30)],
    'birthdays-next-week': [rule('customer.birthday', '<=', 7)],
    'silent-departments': [rule('account.silentDepartments', '>', 0, 90)],
    'open-troubles': [rule('feedback.openCases', '>', 0)],
    'news-readers': [rule('consent.news', '=', true)],
  };
}
