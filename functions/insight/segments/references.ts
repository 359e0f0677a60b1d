import type { FieldError } from '../../ground/platform/errors.ts';
import { SEGMENT_FIELD } from './check-rules.ts';
import { RULES_MAX, rulesOf, type SegmentGroup, type SegmentRule } from './definition.ts';

/** More rules than this, with those of all segments that are named, would be more than a database takes in one statement. */
const WHOLE_RULES_MAX = RULES_MAX * 8;

export const namedIn = ({ field, value }: SegmentRule): string[] =>
  field === SEGMENT_FIELD && value !== null ? [...new Set([value].flat().map(String))] : [];

/** Every segment that a definition names, by way of others, too. */
export function allNamed(group: SegmentGroup, segments: ReadonlyMap<string, SegmentGroup>): Set<string> {
  const found = new Set<string>();
  const look = (one: SegmentGroup) => {
    for (const id of rulesOf(one).flatMap(({ rule }) => namedIn(rule))) {
      if (found.has(id)) continue;
      found.add(id);
      const named = segments.get(id);
      if (named !== undefined) look(named);
    }
  };
  look(group);
  return found;
}

/**
 * Segments that a definition may not name: those there are none of, itself, and those that name it. `id` is the segment
 * that would say it; null while it is none.
 */
export function checkReferences(
  group: SegmentGroup,
  { id, segments }: { id: string | null; segments: ReadonlyMap<string, SegmentGroup> },
): FieldError[] {
  const errors: FieldError[] = rulesOf(group).flatMap(({ rule, path }) =>
    namedIn(rule).flatMap((named) => {
      const other = segments.get(named);
      const at = path === '' ? 'value' : `${path}.value`;
      if (named === id) return [{ path: at, code: 'circular', message: 'names the segment itself' }];
      if (other === undefined)
        return [{ path: at, code: 'unknown_segment', message: `names no segment there is: "${named}"` }];
      return id !== null && allNamed(other, segments).has(id)
        ? [{ path: at, code: 'circular', message: `names "${named}", which comes back to this segment` }]
        : [];
    }),
  );
  if (errors.length > 0) return errors;
  const tooMany = (message: string): FieldError[] => [{ path: 'rules', code: 'too_many', message }];
  if (wholeCount(group, segments) > WHOLE_RULES_MAX)
    return tooMany(`has more than ${WHOLE_RULES_MAX} rules with those of the segments it names`);
  if (id === null) return [];
  const after = new Map([...segments, [id, group]]);
  const over = [...segments].find(
    ([, other]) => allNamed(other, segments).has(id) && wholeCount(other, after) > WHOLE_RULES_MAX,
  );
  return over === undefined
    ? []
    : tooMany(`would give "${over[0]}", which names it, more than ${WHOLE_RULES_MAX} rules`);
}

/** How many rules are asked, those of named segments as often as they are named; stops above what is allowed. */
function wholeCount(group: SegmentGroup, segments: ReadonlyMap<string, SegmentGroup>): number {
  let count = 0;
  const add = (one: SegmentGroup) => {
    for (const { rule } of rulesOf(one)) {
      if (count > WHOLE_RULES_MAX) return;
      count += 1;
      for (const id of namedIn(rule)) {
        const named = segments.get(id);
        if (named !== undefined) add(named);
      }
    }
  };
  add(group);
  return count;
}
