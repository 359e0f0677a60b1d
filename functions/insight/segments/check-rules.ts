import { isDay } from '../../ground/platform/calendar.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import type { SegmentField, SegmentValueKind } from '../../ground/segments/segment-field.ts';
import {
  type RuleValue,
  rulesOf,
  type SegmentGroup,
  type SegmentOperator,
  type SegmentRule,
  type SingleValue,
} from './definition.ts';

const ordered: readonly SegmentOperator[] = ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'notIn'];
const known: readonly SegmentOperator[] = ['isNull', 'notNull'];
const named: readonly SegmentOperator[] = ['=', '!=', 'in', 'notIn'];

/** What may be asked of each kind of values. */
export const operatorsOf: Readonly<Record<SegmentValueKind, readonly SegmentOperator[]>> = {
  count: [...ordered, ...known],
  money: [...ordered, ...known],
  days: [...ordered, ...known],
  half_days: [...ordered, ...known],
  number: [...ordered, ...known],
  day: [...ordered, ...known],
  text: [...named, 'contains', 'startsWith', ...known],
  choice: [...named, ...known],
  flag: ['=', '!=', ...known],
};

/** The one field whose values are segments: it is worked out by what they say themselves. */
export const SEGMENT_FIELD = 'segment';
export const segmentFieldOperators = named;

export type FieldsByName = ReadonlyMap<string, SegmentField>;

/** What is wrong with the rules of a definition: fields and operators there are none of, values that do not fit. */
export function checkRules(group: SegmentGroup, fields: FieldsByName): FieldError[] {
  return rulesOf(group).flatMap(({ rule, path }) =>
    wrongsOf(rule, fields).map(({ path: own, ...rest }) => ({
      path: path === '' ? own : `${path}.${own}`,
      ...rest,
    })),
  );
}

function wrongsOf(rule: SegmentRule, fields: FieldsByName): FieldError[] {
  const { field: name, operator } = rule;
  const isSegment = name === SEGMENT_FIELD;
  const field = fields.get(name);
  if (field === undefined && !isSegment)
    return [wrong('field', 'unknown_field', `names no field there is: "${name}"`)];
  const operators = field === undefined ? segmentFieldOperators : operatorsOf[field.kind];
  const errors: FieldError[] = [];
  if (!operators.includes(operator))
    errors.push(wrong('operator', 'unknown_operator', `of ${name} has to be one of ${operators.join(' ')}`));
  else errors.push(...wrongValues(rule, field));
  if (rule.within !== null && field?.takesDays !== true)
    errors.push(wrong('within', 'not_here', `says nothing about ${name}`));
  if (Object.keys(rule.where).length > 0 && field?.takesWhere !== true)
    errors.push(wrong('where', 'not_here', `says nothing about ${name}`));
  return errors;
}

const wrong = (path: string, code: string, message: string): FieldError => ({ path, code, message });

function wrongValues({ operator, value }: SegmentRule, field: SegmentField | undefined): FieldError[] {
  if (operator === 'isNull' || operator === 'notNull')
    return value === null || value === ''
      ? []
      : [wrong('value', 'not_here', `is not asked for by ${operator}`)];
  const list = listOf(value);
  if (operator === 'in' || operator === 'notIn' || operator === 'between') {
    if (list === null || list.length === 0 || (operator === 'between' && list.length !== 2))
      return [wrong('value', 'invalid_type', `has to be a list${operator === 'between' ? ' of two' : ''}`)];
    return list.flatMap((one, at) => wrongValue(one, field, `value.${at}`));
  }
  if (value === null) return [wrong('value', 'required', 'is required')];
  if (list !== null) return [wrong('value', 'invalid_type', 'has to be a single value')];
  return typeof value === 'object' ? [] : wrongValue(value, field, 'value');
}

/** Null for what is no list. */
const listOf = (value: RuleValue): readonly SingleValue[] | null =>
  value !== null && typeof value === 'object' ? value : null;

function wrongValue(value: SingleValue, field: SegmentField | undefined, path: string): FieldError[] {
  const fits = field === undefined ? kinds.text : kinds[field.kind];
  if (!fits.is(value)) return [wrong(path, 'invalid_value', `has to be ${fits.what}`)];
  const { choices } = field ?? {};
  if (field?.kind === 'choice' && choices !== undefined && !choices.includes(String(value)))
    return [wrong(path, 'invalid_value', `has to be one of ${choices.join(', ')}`)];
  return [];
}

const WHOLE_MAX = 10 ** 15;
const isWhole = (value: SingleValue) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= WHOLE_MAX;
const isText = (value: SingleValue) => typeof value === 'string' && !value.includes('\0');
const whole = { is: isWhole, what: 'a whole number' };

const kinds: Record<SegmentValueKind, { is: (value: SingleValue) => boolean; what: string }> = {
  count: whole,
  money: { is: isWhole, what: 'a whole number of minor units' },
  days: { is: isWhole, what: 'a whole number of days' },
  half_days: {
    is: (value) => typeof value === 'number' && isWhole(value * 2),
    what: 'a number of whole or half days',
  },
  number: { is: (value) => typeof value === 'number' && Number.isFinite(value), what: 'a number' },
  text: { is: isText, what: 'a text' },
  choice: { is: isText, what: 'a text' },
  day: {
    is: (value) => typeof value === 'string' && isDay(value),
    what: 'a day such as 2026-03-31',
  },
  flag: { is: (value) => typeof value === 'boolean', what: 'true or false' },
};
