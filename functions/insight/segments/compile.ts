import { type SQL, sql } from 'drizzle-orm';
import { assert } from '../../ground/platform/errors.ts';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';
import { type FieldsByName, SEGMENT_FIELD } from './check-rules.ts';
import { comparison, holdsFor, otherwiseOf, sayOfDay } from './compare.ts';
import { isGroup, type SegmentGroup, type SegmentNode, type SegmentRule } from './definition.ts';

/** What a definition is compiled with: the fields there are, and the other segments that it names. */
export interface SegmentWorld {
  fields: FieldsByName;
  /** What segments say now, by id. */
  segments: ReadonlyMap<string, SegmentGroup>;
}

/** A definition as a condition on an account `a` and its facts `f`, every value bound. */
export interface CompiledSegment {
  /** Where something negates it, it is never NULL. */
  condition: SQL;
  /** Whether it looks at the account's own row. */
  needsAccount: boolean;
  /**
   * SQL of the ids that it holds for, each once, but for what `rest` says of them: reading these and looking each up is cheaper
   * than to look for every account among them.
   */
  among?: { ids: SQL; rest: SQL };
}

export type AskedBase = Omit<SegmentAsked, 'days' | 'where'>;

const everybody = sql`1`;
const nobody = sql`0`;

/**
 * The condition of a definition that was checked before; one that names itself by way of others does not end. Where nothing
 * above it negates, what is not known may be NULL, which is asked more cheaply.
 */
export async function compileSegment(
  node: SegmentNode,
  world: SegmentWorld,
  base: AskedBase,
  isNegated = false,
): Promise<CompiledSegment> {
  if (!isGroup(node)) return compileRule(node, world, base, isNegated);
  const parts: CompiledSegment[] = [];
  for (const inner of node.rules) parts.push(await compileSegment(inner, world, base, isNegated || node.not));
  const all = together(parts, node.combinator);
  const needsAccount = parts.some((part) => part.needsAccount);
  if (node.not) return { condition: sql`(NOT ${all})`, needsAccount };
  const first = parts.find(({ among }) => among !== undefined);
  if (first?.among === undefined || (node.combinator === 'or' && parts.length > 1))
    return { condition: all, needsAccount };
  const rest = together([...parts.filter((part) => part !== first), { condition: first.among.rest }], 'and');
  return { condition: all, needsAccount, among: { ids: first.among.ids, rest } };
}

function together(
  parts: readonly Pick<CompiledSegment, 'condition'>[],
  combinator: SegmentGroup['combinator'],
): SQL {
  if (parts.length === 0) return everybody;
  const conditions = parts.map(({ condition }) => condition);
  return sql`(${sql.join(conditions, combinator === 'and' ? sql` AND ` : sql` OR `)})`;
}

/** The condition of one rule. */
export async function compileRule(
  rule: SegmentRule,
  world: SegmentWorld,
  base: AskedBase,
  isNegated = false,
): Promise<CompiledSegment> {
  if (rule.field === SEGMENT_FIELD) return compileNamed(rule, world, base, isNegated);
  const field = world.fields.get(rule.field);
  // One that the business removed meanwhile: nothing is known of it, and nobody fits.
  if (field === undefined) return { condition: nobody, needsAccount: false };
  const source = await sourceOf(field, rule, base);
  if ('rows' in source) return amongRows(source.rows, rule, field);
  const { value, day, needsAccount = false } = source;
  const isKnown = field.otherwise !== undefined;
  const known = isKnown ? sql`coalesce(${value}, ${field.otherwise})` : value;
  const holds =
    day === undefined
      ? comparison(known, rule, field.kind)
      : comparison(day, sayOfDay(rule, base.today), 'day');
  const isWhole = isKnown || rule.operator === 'isNull' || rule.operator === 'notNull' || !isNegated;
  return { condition: isWhole ? sql`(${holds})` : sql`coalesce(${holds}, 0)`, needsAccount };
}

/** What a rule asks of its field. */
export function sourceOf(field: SegmentField, { within, where }: SegmentRule, base: AskedBase) {
  return field.source({ ...base, days: within?.days ?? null, where });
}

/**
 * Accounts of which no row is are those that the rows leave over: where the rule holds for them, it is asked whom it does
 * not hold for.
 */
function amongRows(rows: SQL, rule: SegmentRule, field: SegmentField): CompiledSegment {
  const { kind, isOfPeople } = field;
  const holds = comparison(sql`v.value`, rule, kind);
  const ids = sql`SELECT v.root_id FROM (${rows}) AS v WHERE ${holds}`;
  const needsAccount = false;
  if (isOfPeople) return { condition: sql`f.account_id IN (${ids})`, needsAccount };
  if (!holdsFor(otherwiseOf(field), rule))
    return { condition: sql`f.account_id IN (${ids})`, needsAccount, among: { ids, rest: everybody } };
  const others = sql`SELECT v.root_id FROM (${rows}) AS v WHERE NOT coalesce(${holds}, 0)`;
  return { condition: sql`f.account_id NOT IN (${others})`, needsAccount };
}

/** Who is in another segment is who fits what that says, at the same moment. */
async function compileNamed(
  { operator, value }: SegmentRule,
  world: SegmentWorld,
  base: AskedBase,
  isNegated: boolean,
): Promise<CompiledSegment> {
  const ids = [...new Set(Array.isArray(value) ? value.map(String) : [String(value)])];
  const node: SegmentGroup = {
    combinator: 'or',
    not: operator === '!=' || operator === 'notIn',
    rules: ids.map((id) => segmentOf(id, world)),
  };
  const compiled = await compileSegment(node, world, base, isNegated);
  return ids.length === 0 ? { condition: nobody, needsAccount: false } : compiled;
}

function segmentOf(id: string, { segments }: SegmentWorld): SegmentGroup {
  const named = segments.get(id);
  assert(named !== undefined, 'segments that are named were checked');
  return named;
}
