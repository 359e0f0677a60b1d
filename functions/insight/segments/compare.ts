import { type SQL, sql } from 'drizzle-orm';
import { addDays } from '../../ground/platform/calendar.ts';
import type { SegmentField, SegmentValueKind } from '../../ground/segments/segment-field.ts';
import type { RuleValue, SegmentOperator, SegmentRule, SingleValue } from './definition.ts';

/** SQL of what a rule says about a value that is known; a value that is not gives NULL or false. */
export function comparison(value: SQL, { operator, value: asked }: SegmentRule, kind: SegmentValueKind): SQL {
  const of = kind === 'number' ? sql`CAST(${value} AS REAL)` : value;
  const bound = (one: RuleValue) => bind(one, kind);
  const list = Array.isArray(asked) ? asked : [];
  switch (operator) {
    case 'isNull':
      return sql`${of} IS NULL`;
    case 'notNull':
      return sql`${of} IS NOT NULL`;
    case 'between':
      return sql`${of} BETWEEN ${bound(list[0] ?? null)} AND ${bound(list[1] ?? null)}`;
    case 'in':
    case 'notIn':
      return sql`${of} ${sql.raw(operator === 'in' ? 'IN' : 'NOT IN')} ${bindList(list, kind)}`;
    case 'contains':
      return sql`instr(${of}, ${bound(asked)}) > 0`;
    case 'startsWith':
      return sql`substr(${of}, 1, ${[...String(asked)].length}) = ${bound(asked)}`;
    default:
      return sql`${of} ${sql.raw(signs[operator])} ${bound(asked)}`;
  }
}

/** What a rule about days since a business day says of that day itself. */
export function sayOfDay(rule: SegmentRule, today: string): SegmentRule {
  const toDay = (days: SingleValue) => addDays(today, -Math.min(Math.max(Number(days), -AGES), AGES));
  const { value, operator } = rule;
  if (typeof value === 'object' && value !== null) {
    const days = value.map(toDay);
    return { ...rule, value: operator === 'between' ? days.reverse() : days };
  }
  const turned = turnedSigns[operator] ?? operator;
  return { ...rule, operator: turned, value: value === null ? null : toDay(value) };
}

/** More days than anybody has bought for; as many before and after any day are days yet. */
const AGES = 700_000;

const turnedSigns: Readonly<Partial<Record<SegmentOperator, SegmentOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

type Sign = Exclude<
  SegmentOperator,
  'isNull' | 'notNull' | 'between' | 'in' | 'notIn' | 'contains' | 'startsWith'
>;

const signs: Readonly<Record<Sign, string>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** One parameter for all of them, since a statement takes 32,766. */
function bindList(list: readonly SingleValue[], kind: SegmentValueKind): SQL {
  const kept = kind === 'half_days' ? list.map((one) => Number(one) * 2) : list;
  return sql`(SELECT value FROM json_each(${JSON.stringify(kept)}))`;
}

/** A value as the database holds one of its kind; only texts and whole numbers can be bound. */
function bind(value: RuleValue, kind: SegmentValueKind): SQL {
  switch (kind) {
    case 'half_days':
      return sql`${Number(value) * 2}`;
    case 'number':
      return sql`CAST(${String(value)} AS REAL)`;
    case 'flag':
      return sql`${value === true ? 1 : 0}`;
    default:
      return sql`${typeof value === 'number' ? value : String(value)}`;
  }
}

/** The same rule about a value at hand, `null` where it is absent: DOMAIN §5. */
export function holdsFor(
  value: SingleValue | null,
  { operator, value: asked }: Pick<SegmentRule, 'operator' | 'value'>,
): boolean {
  if (operator === 'isNull') return value === null;
  if (value === null) return false;
  const list = Array.isArray(asked) ? asked : [];
  switch (operator) {
    case 'notNull':
      return true;
    case '=':
      return value === asked;
    case '!=':
      return value !== asked;
    case 'between':
      return (
        isInOrder(list[0] ?? null, value, { orEqual: true }) &&
        isInOrder(value, list[1] ?? null, { orEqual: true })
      );
    case 'in':
      return list.includes(value);
    case 'notIn':
      return !list.includes(value);
    case 'contains':
      return String(value).includes(String(asked));
    case 'startsWith':
      return String(value).startsWith(String(asked));
    case '<':
    case '<=':
      return isInOrder(value, asked, { orEqual: operator === '<=' });
    default:
      return isInOrder(asked, value, { orEqual: operator === '>=' });
  }
}

/** Numbers by size, days by the calendar. */
function isInOrder(first: RuleValue, second: RuleValue, { orEqual }: { orEqual: boolean }): boolean {
  if (typeof first === 'number' && typeof second === 'number')
    return orEqual ? first <= second : first < second;
  const [a, b] = [String(first), String(second)];
  return orEqual ? a <= b : a < b;
}

/** What of a field is true of accounts of which it says nothing, in the terms of rules. */
export function otherwiseOf({ kind, otherwise }: SegmentField): SingleValue | null {
  if (otherwise === undefined) return null;
  if (kind === 'flag') return otherwise === 1;
  return kind === 'half_days' ? Number(otherwise) / 2 : otherwise;
}
