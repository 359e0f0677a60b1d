import type { Value } from '../../../../db/store.ts';
import type { CustomerFilter } from './customer-filter.ts';

export interface Sql {
  sql: string;
  args: readonly Value[];
}

/** A condition that few customers may meet, of those a filter sets. The rows of the list are `f`. */
export interface NarrowCondition {
  /** The column of a range. */
  column: keyof typeof rangeIndexes | null;
  /** As a row is tried by it. */
  test: Sql;
  /** The rows that meet it, found by an index: what stands behind FROM. */
  source: Sql;
  /** The same where it is counted sooner; some of them may not be in the list. */
  counted?: Sql;
}

const rangeIndexes = {
  spend_minor: 'customer_figures_by_spend',
  last_placed_at: 'customer_figures_by_last',
  joined_at: 'customer_figures_by_joined',
} as const;

/** SQL of the number that holds the kind and the answers of a row of the list. */
export const traits = `(CASE kind WHEN 'personal' THEN 0 WHEN 'household' THEN 1 ELSE 2 END) * 32 + is_claimed * 16
  + is_in_club * 8 + wants_news * 4 + has_lapsed * 2 + (balance_minor < 0)`;

const KINDS = ['personal', 'household', 'company'] as const;
const TRAITS = 96;

/** The numbers of `traits` that a filter means, as JSON. */
export function traitsOf({
  kind,
  isClaimed,
  isInClub,
  wantsNews,
  hasLapsed,
  hasDebt,
}: CustomerFilter): string {
  const isMeant = (number: number) => {
    const holds = (bit: number, wanted: boolean | null) => wanted === null || (number & bit) > 0 === wanted;
    return (
      (kind === null || KINDS[number >> 5] === kind) &&
      holds(16, isClaimed) &&
      holds(8, isInClub) &&
      holds(4, wantsNews) &&
      holds(2, hasLapsed) &&
      holds(1, hasDebt)
    );
  };
  return JSON.stringify(Array.from({ length: TRAITS }, (_, number) => number).filter(isMeant));
}

/** Whether every number of `traits` is meant. */
export const asksNoTraits = ({
  kind,
  isClaimed,
  isInClub,
  wantsNews,
  hasLapsed,
  hasDebt,
}: CustomerFilter): boolean =>
  [kind, isClaimed, isInClub, wantsNews, hasLapsed, hasDebt].every((asked) => asked === null);

export const inTraits = (meant: string): Sql => ({
  sql: 'f.traits IN (SELECT value FROM json_each(?))',
  args: [meant],
});

export function conditionsOf(filter: CustomerFilter): NarrowCondition[] {
  const meant = traitsOf(filter);
  const range = (
    column: keyof typeof rangeIndexes,
    bounds: readonly [string, Value | null][],
  ): NarrowCondition[] => {
    const set = bounds.flatMap(([sign, value]) => (value === null ? [] : [{ sign, value }]));
    if (set.length === 0) return [];
    const test: Sql = {
      sql: set.map(({ sign }) => `f.${column} ${sign} ?`).join(' AND '),
      args: set.map(({ value }) => value),
    };
    return [{ column, test, source: rowsOf(rangeIndexes[column], [inTraits(meant), test]) }];
  };
  return [
    ...(filter.ids === null ? [] : [among(filter.ids)]),
    ...(filter.own === null ? [] : [holding(filter.own)]),
    ...(filter.managerId === null ? [] : [inHandsOf(filter.managerId)]),
    ...range('spend_minor', [
      ['>=', filter.spendFrom],
      ['<=', filter.spendTo],
    ]),
    ...range('last_placed_at', [
      ['>=', filter.lastSince],
      ['<', filter.lastUntil],
    ]),
    ...range('joined_at', [
      ['>=', filter.joinedSince],
      ['<', filter.joinedUntil],
    ]),
  ];
}

/** All rows of some traits, along an index. */
export const rowsOf = (index: string, tests: readonly Sql[]): Sql => {
  const { sql, args } = allOf(tests);
  return { sql: `customer_figures AS f INDEXED BY ${index} WHERE ${sql}`, args };
};

export const allOf = (tests: readonly Sql[]): Sql => ({
  sql: tests.length === 0 ? '1' : tests.map(({ sql }) => sql).join(' AND '),
  args: tests.flatMap(({ args }) => args),
});

function among(ids: readonly string[]): NarrowCondition {
  const wanted = JSON.stringify(ids);
  return {
    column: null,
    test: { sql: 'f.customer_id IN (SELECT value FROM json_each(?))', args: [wanted] },
    source: {
      sql: 'json_each(?) AS wanted CROSS JOIN customer_figures AS f ON f.customer_id = wanted.value WHERE 1',
      args: [wanted],
    },
  };
}

function inHandsOf(staffId: string): NarrowCondition {
  const managed = `SELECT DISTINCT a.root_id FROM account_managers AS m INDEXED BY account_managers_staff
    CROSS JOIN accounts AS a ON a.id = m.account_id WHERE m.staff_id = ? AND m.ended_at IS NULL`;
  return {
    column: null,
    test: { sql: `f.root_id IN (${managed})`, args: [staffId] },
    counted: { sql: `(${managed}) AS m WHERE 1`, args: [staffId] },
    source: {
      sql: `(${managed}) AS m CROSS JOIN customer_figures AS f ON f.root_id = m.root_id WHERE 1`,
      args: [staffId],
    },
  };
}

function holding({ key, value }: NonNullable<CustomerFilter['own']>): NarrowCondition {
  const counted = 'own_field_values AS o INDEXED BY own_field_values_listed';
  return {
    column: null,
    test: {
      sql: `EXISTS (SELECT 1 FROM own_field_values AS o
        WHERE o.customer_id = f.customer_id AND o.field_key = ? AND o.value = ?)`,
      args: [key, value],
    },
    counted: { sql: `${counted} WHERE o.field_key = ? AND o.value = ?`, args: [key, value] },
    source: {
      sql: `${counted} CROSS JOIN customer_figures AS f
        ON f.customer_id = o.customer_id WHERE o.field_key = ? AND o.value = ?`,
      args: [key, value],
    },
  };
}
