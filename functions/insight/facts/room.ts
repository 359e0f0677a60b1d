import type { Room } from '../../ground/room.ts';
import { orderFields } from './fields/order-fields.ts';
import { standingFields } from './fields/standing-fields.ts';
import { factsFollower } from './follow-facts.ts';
import { premiumShare } from './policies.ts';
import { workFacts } from './work-facts.ts';

export const factsRoom: Room = {
  name: 'facts',
  kept: 'insight',
  policies: [premiumShare],
  followers: [factsFollower],
  jobs: [{ name: 'facts', everyMinutes: 1, run: workFacts, isLast: true }],
  segmentFields: [...orderFields, ...standingFields],
  tablesLeft: {
    account_facts: { why: 'Follows from the history.', isMadeAnew: true, follower: factsFollower.name },
    account_days: { why: 'Sums of orders.', isMadeAnew: true },
    account_categories: { why: 'Sums of orders.', isMadeAnew: true },
    account_levels: { why: 'Follows from orders and praise.', isMadeAnew: true },
    account_years: { why: 'Sums of orders.', isMadeAnew: true },
    premium_marks: { why: 'Follows from sums of orders.', isMadeAnew: true },
  },
};
