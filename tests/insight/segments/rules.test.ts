import { expect, test } from 'vitest';
import { holdsFor } from '../../../functions/insight/segments/compare.ts';
import {
  type RuleValue,
  readDefinition,
  type SegmentOperator,
} from '../../../functions/insight/segments/definition.ts';

const rule = { field: 'orders.count', operator: '=', value: 1 };
const group = (rules: unknown[], more = {}) => ({ combinator: 'and', rules, ...more });
const deep = (depth: number): unknown => (depth === 1 ? group([rule]) : group([deep(depth - 1)]));

test.each<[string, unknown, string]>([
  ['no object', 7, ' invalid_type'],
  ['no combinator', { rules: [] }, 'combinator invalid_value'],
  ['an unknown combinator', { combinator: 'xor', rules: [] }, 'combinator invalid_value'],
  ['an unknown key', group([rule], { colour: 1 }), 'colour unknown_key'],
  ['an unknown operator', group([{ ...rule, operator: 'like' }]), 'rules.0.operator invalid_value'],
  ['a field without a name', group([{ ...rule, field: '' }]), 'rules.0.field too_small'],
  ['an unknown key of a rule', group([{ ...rule, id: 'r1' }]), 'rules.0.id unknown_key'],
  ['days that are none', group([{ ...rule, within: { days: 0 } }]), 'rules.0.within.days too_small'],
  ['an unknown limit', group([{ ...rule, where: { size: 'L' } }]), 'rules.0.where.size unknown_key'],
  ['a group of nothing', group([group([])]), 'rules.0.rules too_small'],
  ['any of nothing', group([], { combinator: 'or' }), 'rules too_small'],
  ['six groups deep', deep(6), 'rules.0.rules.0.rules.0.rules.0.rules.0 too_deep'],
  ['51 rules', group(Array(51).fill(rule)), 'rules too_many'],
])('refuses %s, by path', (_what, json, expected) => {
  const read = readDefinition(json);
  expect(read.ok ? [] : read.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([expected]);
});

test.each<[string, unknown]>([
  ['everybody', group([])],
  ['five groups deep', deep(5)],
  ['50 rules', group(Array(50).fill(rule))],
])('reads %s', (_what, json) => {
  expect(readDefinition(json).ok).toBe(true);
});

test.each<
  [SegmentOperator, RuleValue, (string | number | boolean | null)[], (string | number | boolean | null)[]]
>([
  ['=', 2, [2], [1, 3, null]],
  ['!=', 2, [1, 3], [2, null]],
  ['<', 2, [1], [2, 3, null]],
  ['<=', 2, [1, 2], [3, null]],
  ['>', 2, [3], [1, 2, null]],
  ['>=', 2, [2, 3], [1, null]],
  ['between', [2, 4], [2, 3, 4], [1, 5, null]],
  ['in', ['a', 'b'], ['a', 'b'], ['c', null]],
  ['notIn', ['a', 'b'], ['c'], ['a', null]],
  ['contains', 'nn', ['Ann', 'nn'], ['An', 'NN', null]],
  ['startsWith', 'An', ['Ann', 'An'], ['ann', 'A', null]],
  ['isNull', null, [null], [0, '', false]],
  ['notNull', null, [0, '', false], [null]],
])('%s %j holds for %j and not for %j', (operator, value, yes, no) => {
  expect(yes.filter((one) => !holdsFor(one, { operator, value }))).toEqual([]);
  expect(no.filter((one) => holdsFor(one, { operator, value }))).toEqual([]);
});
