import { currencyExponent, formatDecimal, parseDecimal } from '../../functions/ground/platform/money.ts';
import { whereKeys } from '../../functions/ground/segments/segment-field.ts';
import type { FieldsByName } from '../../functions/insight/segments/check-rules.ts';
import {
  isGroup,
  type SegmentGroup,
  type SegmentRule,
  type SingleValue,
} from '../../functions/insight/segments/definition.ts';

/** A rule as it stands in the form: all as it was typed. */
export interface DraftRule {
  field: string;
  operator: string;
  value: string;
  /** Of `between`, the second. */
  upper: string;
  days: string;
  where: Record<string, string>;
}
export interface DraftGroup {
  how: string;
  nodes: (DraftRule | DraftGroup)[];
}

export const isDraftGroup = (node: DraftRule | DraftGroup): node is DraftGroup => 'nodes' in node;

/** The ways in which rules go together, as the form names them. */
export const hows = ['and', 'or', 'not and', 'not or'] as const;

export const blankRule: DraftRule = {
  field: 'orders.count',
  operator: '>=',
  value: '',
  upper: '',
  days: '',
  where: {},
};

type Fields = ReadonlyMap<string, string>;

/** The tree that a form holds. Its shape is told by `shape`: paths of groups and rules, as in `g r:0 g:1 r:1.0`. */
export function readDraftGroup(fields: Fields, path = ''): DraftGroup {
  const shape = (fields.get('shape') ?? '').split(' ').slice(0, 200);
  const below = (kind: string) =>
    shape
      .filter((one) => one.startsWith(`${kind}:`))
      .map((one) => one.slice(2))
      .filter((one) => (one.includes('.') ? one.slice(0, one.lastIndexOf('.')) : '') === path);
  const rules = new Set(below('r'));
  const all = [...rules, ...below('g')].sort((a, b) => lastOf(a) - lastOf(b));
  return {
    how: fields.get(`how_${path}`) ?? 'and',
    nodes: all.map((one) => (rules.has(one) ? readDraftRule(fields, one) : readDraftGroup(fields, one))),
  };
}

const lastOf = (path: string) => Number(path.slice(path.lastIndexOf('.') + 1));

function readDraftRule(fields: Fields, path: string): DraftRule {
  const text = (name: string) => (fields.get(`${name}_${path}`) ?? '').trim();
  return {
    ...{ field: text('field'), operator: text('operator'), value: text('value'), upper: text('upper') },
    days: text('days'),
    where: Object.fromEntries(whereKeys.map((key) => [key, text(key)])),
  };
}

/** The rule at a place of the tree; null where there is none. */
export function ruleAt({ nodes }: DraftGroup, [place = -1, ...rest]: readonly number[]): DraftRule | null {
  const node = nodes[place];
  if (node === undefined) return null;
  if (!isDraftGroup(node)) return node;
  return rest.length === 0 ? null : ruleAt(node, rest);
}

/** The tree after a button was pressed: `rule:PATH` and `group:PATH` add to a group, `drop:PATH` takes away. */
export function afterPress(group: DraftGroup, pressed: string, path = ''): DraftGroup {
  const [act, at] = pressed.split(':');
  const nodes = group.nodes.flatMap((node, place): DraftGroup['nodes'] => {
    const own = path === '' ? `${place}` : `${path}.${place}`;
    if (act === 'drop' && at === own) return [];
    return [isDraftGroup(node) ? afterPress(node, pressed, own) : node];
  });
  if (at !== path) return { ...group, nodes };
  if (act === 'rule') return { ...group, nodes: [...nodes, blankRule] };
  return act === 'group'
    ? { ...group, nodes: [...nodes, { how: 'and', nodes: [blankRule] }] }
    : { ...group, nodes };
}

/** How the tree is told to {@link readDraftGroup}. */
export function shapeOf(group: DraftGroup, path = ''): string {
  const below = group.nodes.map((node, place) => {
    const own = path === '' ? `${place}` : `${path}.${place}`;
    return isDraftGroup(node) ? `g:${own} ${shapeOf(node, own)}` : `r:${own}`;
  });
  return below.join(' ').trim();
}

/** The definition that a tree says; what cannot be read in it is left as it was typed, to be refused by its path. */
export function toDefinition(group: DraftGroup, known: Known): Record<string, unknown> {
  return {
    combinator: group.how.endsWith('or') ? 'or' : 'and',
    not: group.how.startsWith('not'),
    rules: group.nodes.map((node) => (isDraftGroup(node) ? toDefinition(node, known) : toRule(node, known))),
  };
}

export interface Known {
  fields: FieldsByName;
  currency: string | null;
}

function toRule(rule: DraftRule, known: Known): Record<string, unknown> {
  const { field, operator, value, upper, days, where } = rule;
  const of = known.fields.get(field);
  const read = (text: string) => readValue(text, of?.kind, known.currency);
  const limits = whereKeys.flatMap((key) => {
    const names = namesIn(where[key] ?? '');
    return names.length === 0 || of?.takesWhere !== true ? [] : [[key, names] as const];
  });
  return {
    ...{ field, operator },
    ...(operator === 'isNull' || operator === 'notNull'
      ? {}
      : operator === 'between'
        ? { value: [read(value), read(upper)] }
        : operator === 'in' || operator === 'notIn'
          ? { value: namesIn(value).map(read) }
          : { value: read(value) }),
    ...(days === '' || of?.takesDays !== true ? {} : { within: { days: Number(days) } }),
    ...(limits.length === 0 ? {} : { where: Object.fromEntries(limits) }),
  };
}

const namesIn = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function readValue(text: string, kind: string | undefined, currency: string | null): SingleValue {
  switch (kind) {
    case undefined:
    case 'text':
    case 'choice':
    case 'day':
      return text;
    case 'flag':
      return text === 'yes';
    case 'money': {
      const parsed = parseDecimal(text.replace(',', '.'), currencyExponent(currency ?? '') ?? 2);
      return parsed.ok ? Number(parsed.minor) : text;
    }
    default: {
      const plain = text.replace(',', '.');
      return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(plain) ? Number(plain) : text;
    }
  }
}

/** The tree of a definition that is there. */
export function draftOf(group: SegmentGroup, known: Known): DraftGroup {
  return {
    how: `${group.not ? 'not ' : ''}${group.combinator}`,
    nodes: group.rules.map((node) => (isGroup(node) ? draftOf(node, known) : draftRuleOf(node, known))),
  };
}

function draftRuleOf({ field, operator, value, within, where }: SegmentRule, known: Known): DraftRule {
  const kind = known.fields.get(field)?.kind;
  const text = (one: SingleValue | null | undefined) => {
    if (one === null || one === undefined) return '';
    if (kind === 'flag') return one === true ? 'yes' : 'no';
    if (kind !== 'money') return String(one);
    return formatDecimal(BigInt(Number(one)), currencyExponent(known.currency ?? '') ?? 2);
  };
  const list = value !== null && typeof value === 'object' ? value : [value];
  const isBetween = operator === 'between';
  return {
    ...{ field, operator, value: isBetween ? text(list[0]) : list.map(text).join(', ') },
    upper: isBetween ? text(list[1]) : '',
    days: within === null ? '' : String(within.days),
    where: Object.fromEntries(Object.entries(where).map(([key, names]) => [key, names.join(', ')])),
  };
}
