import { addDays } from '../../functions/ground/platform/calendar.ts';

interface Question {
  name: string;
  definition: unknown;
  /** What somebody would write who knows the tables, and wants just this. */
  byHand: (of: { today: string; currency: string }) => string;
}

const daysAgo = (today: string, days: number) => `'${addDays(today, -days)}'`;

export const questions: readonly Question[] = [
  {
    name: 'lapsed',
    definition: rules({ field: 'orders.last', operator: '>', value: 180 }),
    byHand: ({ today }) => `SELECT count(*) FROM account_facts WHERE last_on < ${daysAgo(today, 180)}`,
  },
  {
    name: 'often and lately',
    definition: rules(
      { field: 'orders.count', operator: '>=', value: 20 },
      { field: 'orders.count', operator: '>=', value: 2, within: { days: 90 } },
    ),
    byHand: ({ today }) => `SELECT count(*) FROM account_facts AS f JOIN (
      SELECT root_id, sum(order_count) AS n FROM account_days WHERE day > ${daysAgo(today, 90)} AND day <= '${today}' GROUP BY root_id) AS d
      ON d.root_id = f.account_id WHERE f.order_count >= 20 AND d.n >= 2`,
  },
  {
    name: 'spent in a year',
    definition: rules({ field: 'orders.spend', operator: '>=', value: 40_000, within: { days: 365 } }),
    byHand: ({ today, currency }) => `SELECT count(*) FROM (SELECT root_id FROM account_days
      WHERE day > ${daysAgo(today, 365)} AND day <= '${today}' AND currency = '${currency}'
      GROUP BY root_id HAVING sum(spend_minor) >= 40000)`,
  },
  {
    name: 'bought a thing',
    definition: rules({ field: 'orders.bought', operator: '=', value: true, where: { category: 'Coffee' } }),
    byHand:
      () => `SELECT count(DISTINCT o.root_id) FROM orders AS o JOIN order_lines AS l ON l.order_id = o.id
      WHERE o.is_cancelled = 0 AND l.category = 'Coffee'
        AND (o.refunded_minor < o.total_minor - o.discount_minor OR o.total_minor = o.discount_minor)
        AND (l.refunded_minor < l.total_minor - l.discount_minor OR l.total_minor = l.discount_minor)`,
  },
];

function rules(...all: unknown[]) {
  return { combinator: 'and', rules: all };
}
