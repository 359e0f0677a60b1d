import { z } from 'zod';
import type { FieldError } from '../../ground/platform/errors.ts';
import { inputErrors } from '../../ground/platform/parse-input.ts';
import { type SegmentWhere, whereKeys } from '../../ground/segments/segment-field.ts';

/** A question about accounts, in the shape that React Query Builder made common (DOMAIN §5). */
export interface SegmentGroup {
  combinator: 'and' | 'or';
  not: boolean;
  rules: readonly SegmentNode[];
}
export type SegmentNode = SegmentGroup | SegmentRule;

export interface SegmentRule {
  field: string;
  operator: SegmentOperator;
  value: RuleValue;
  within: { days: number } | null;
  where: SegmentWhere;
}

const segmentOperators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'isNull',
  'notNull',
] as const;
export type SegmentOperator = (typeof segmentOperators)[number];

export type SingleValue = string | number | boolean;
export type RuleValue = SingleValue | readonly SingleValue[] | null;

export const DEPTH_MAX = 5;
export const RULES_MAX = 50;
export const DAYS_MAX = 3660;

export const isGroup = (node: SegmentNode): node is SegmentGroup => 'rules' in node;

const single = z.union([z.string().max(500), z.number(), z.boolean()]);
const names = z.union([z.string().max(500), z.array(z.string().max(500)).min(1).max(100)]);

const ruleShape = z.strictObject({
  field: z.string().min(1).max(100),
  operator: z.enum(segmentOperators),
  value: z.union([single, z.array(single).max(500), z.null()]).optional(),
  within: z.strictObject({ days: z.int().min(1).max(DAYS_MAX) }).optional(),
  where: z.strictObject(Object.fromEntries(whereKeys.map((key) => [key, names.optional()]))).optional(),
});

const groupShape = z.strictObject({
  combinator: z.enum(['and', 'or']),
  not: z.boolean().default(false),
  rules: z.array(z.unknown()),
});

export type DefinitionRead = { ok: true; group: SegmentGroup } | { ok: false; errors: FieldError[] };

/**
 * Reads a definition that went through `JSON.parse`: its shape alone, at most five groups deep and with fifty rules. What
 * fields there are is for `checkRules`. A group of no rules says nothing, and holds for everybody where it stands alone.
 */
export function readDefinition(json: unknown): DefinitionRead {
  const reading: Reading = { errors: [], rules: 0 };
  const group = readGroup(json, '', { reading, depth: 1 });
  if (reading.rules > RULES_MAX)
    reading.errors.push({ path: 'rules', code: 'too_many', message: `has more than ${RULES_MAX} rules` });
  return group === null || reading.errors.length > 0
    ? { ok: false, errors: reading.errors }
    : { ok: true, group };
}

interface Reading {
  errors: FieldError[];
  rules: number;
}
interface Place {
  reading: Reading;
  /** How many groups a node would stand in, itself among them. */
  depth: number;
}

const below = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

function readGroup(json: unknown, path: string, { reading, depth }: Place): SegmentGroup | null {
  if (depth > DEPTH_MAX) {
    reading.errors.push({ path, code: 'too_deep', message: `is more than ${DEPTH_MAX} groups deep` });
    return null;
  }
  const parsed = groupShape.safeParse(json);
  if (!parsed.success) return refused(reading, path, inputErrors(groupShape, json));
  const { combinator, not, rules: kept } = parsed.data;
  if (kept.length === 0 && (depth > 1 || combinator === 'or')) {
    reading.errors.push({ path: below(path, 'rules'), code: 'too_small', message: 'needs at least 1' });
    return null;
  }
  const rules: SegmentNode[] = [];
  for (const [at, node] of kept.entries()) {
    if (reading.rules > RULES_MAX) break;
    const read = readNode(node, below(path, `rules.${at}`), { reading, depth: depth + 1 });
    if (read !== null) rules.push(read);
  }
  return { combinator, not, rules };
}

function readNode(json: unknown, path: string, place: Place): SegmentNode | null {
  const isGrouped = typeof json === 'object' && json !== null && ('rules' in json || 'combinator' in json);
  if (isGrouped) return readGroup(json, path, place);
  const { reading } = place;
  reading.rules += 1;
  const parsed = ruleShape.safeParse(json);
  if (!parsed.success) return refused(reading, path, inputErrors(ruleShape, json));
  const { field, operator, value = null, within = null, where = {} } = parsed.data;
  const limits = whereKeys.flatMap((key) => {
    const told = where[key];
    return told === undefined ? [] : [[key, typeof told === 'string' ? [told] : told] as const];
  });
  return { field, operator, value, within, where: Object.fromEntries(limits) };
}

function refused(reading: Reading, path: string, errors: readonly FieldError[]): null {
  for (const { path: own, code, message } of errors)
    reading.errors.push({ path: own === '' ? path : below(path, own), code, message });
  return null;
}

/** A definition as it is kept and told: what says nothing is left out. */
export function toDefinitionJson(node: SegmentNode): Record<string, unknown> {
  if (isGroup(node)) {
    const { combinator, not, rules } = node;
    return { combinator, not, rules: rules.map(toDefinitionJson) };
  }
  const { field, operator, value, within, where } = node;
  const limits = Object.entries(where).map(([key, list]) => [key, list.length === 1 ? list[0] : list]);
  return {
    ...{ field, operator },
    ...(value === null ? {} : { value }),
    ...(within === null ? {} : { within }),
    ...(limits.length === 0 ? {} : { where: Object.fromEntries(limits) }),
  };
}

/** All rules of a definition, with the path of each as refusals name it. */
export function rulesOf(node: SegmentNode, path = ''): { rule: SegmentRule; path: string }[] {
  if (!isGroup(node)) return [{ rule: node, path }];
  return node.rules.flatMap((inner, at) => rulesOf(inner, below(path, `rules.${at}`)));
}
